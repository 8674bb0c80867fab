package stops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.Direction.TO_INTENSITY;
import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Progress;
import stops.engine.ZeroPolicy;
import stops.format.Formats;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;

class StopsTest {
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final float[] INTENSITIES = {0.25f, 0, 1, -3, 8};
  private static final float[] EXPOSURES = {-2, Float.NEGATIVE_INFINITY, 0, -1073, 3};

  @Test
  void convertsArraysThereAndBack() throws Exception {
    try (Stops stops = Stops.open()) {
      float[] exposures = new float[5];
      Report report = stops.toExposure(INTENSITIES, exposures);
      assertArrayEquals(EXPOSURES, exposures);
      assertEquals(5, report.samples());
      assertEquals(1, report.tally().first(0, Anomaly.UNDEFINED));
      assertEquals(3, report.tally().first(0, Anomaly.CLAMPED));
      float[] intensities = new float[5];
      stops.toIntensity(exposures, intensities);
      assertArrayEquals(new float[] {0.25f, 0, 1, 0, 8}, intensities);
    }
  }

  @Test
  void convertsInPlace() throws Exception {
    try (Stops stops = Stops.open("cpu")) {
      float[] samples = INTENSITIES.clone();
      stops.toExposure(samples, samples);
      assertArrayEquals(EXPOSURES, samples);
    }
  }

  @Test
  void convertsWhatIsBetweenPositionAndLimitOfBuffers() throws Exception {
    FloatBuffer source = FloatBuffer.wrap(new float[] {9, 2, 4, 9}, 1, 2);
    FloatBuffer target =
        ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().position(2);
    try (Stops stops = Stops.open("cpu")) {
      stops.convert(FLOATS, source, target);
    }
    assertEquals(2, target.position());
    float[] all = new float[4];
    target.get(0, all);
    assertArrayEquals(new float[] {0, 0, 1, 2}, all);
  }

  @Test
  void convertsBytesOfAnyType() throws Exception {
    ByteBuffer source = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    source.putShort(Float.floatToFloat16(0.5f)).putShort(Float.floatToFloat16(2)).flip();
    ByteBuffer target = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
    try (Stops stops = Stops.open("cpu")) {
      stops.convert(Conversion.of(TO_INTENSITY, FLOAT16, FLOAT32), source, target);
    }
    assertEquals((float) Math.sqrt(2), target.getFloat());
    assertEquals(4, target.getFloat());
  }

  @Test
  void refusesBigEndianBuffers() throws Exception {
    ByteBuffer big = ByteBuffer.allocate(4);
    ByteBuffer little = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    try (Stops stops = Stops.open("cpu")) {
      assertThrows(IllegalArgumentException.class, () -> stops.convert(FLOATS, big, little));
      assertThrows(
          IllegalArgumentException.class,
          () -> stops.convert(FLOATS, little.asFloatBuffer(), big.asFloatBuffer()));
    }
  }

  @Test
  void refusesATargetOfAnotherSize() throws Exception {
    try (Stops stops = Stops.open("cpu")) {
      assertThrows(
          IllegalArgumentException.class, () -> stops.toExposure(new float[3], new float[4]));
      assertThrows(
          IllegalArgumentException.class,
          () -> stops.convert(FLOATS, MemorySegment.ofArray(new byte[5]), MemorySegment.NULL));
    }
  }

  @Test
  void countsPerChannelAndTellsProgress() throws Exception {
    float[] source = {1, 0, 1, 1, 0, 0};
    float[] target = new float[6];
    Chunk pairs = new Chunk(MemorySegment.ofArray(source), MemorySegment.ofArray(target), 6, 2, 0);
    long[] heard = new long[2];
    try (Stops stops = Stops.open("cpu")) {
      Report report =
          stops.convert(
              FLOATS,
              pairs,
              (done, total) -> {
                heard[0] = done;
                heard[1] = total;
              });
      assertEquals(1, report.tally().count(0, Anomaly.UNDEFINED));
      assertEquals(2, report.tally().count(1, Anomaly.UNDEFINED));
    }
    assertArrayEquals(new long[] {6, 6}, heard);
  }

  @Test
  void failsOnZeroIfToldTo() throws Exception {
    Conversion strict = new Conversion(TO_EXPOSURE, FLOAT32, FLOAT32, 0, ZeroPolicy.FAIL);
    try (Stops stops = Stops.open("cpu")) {
      UndefinedExposure thrown =
          assertThrows(
              UndefinedExposure.class,
              () -> stops.convert(strict, INTENSITIES.clone(), new float[5]));
      assertEquals(1, thrown.tally().count(Anomaly.UNDEFINED));
      stops.convert(strict, new float[] {1}, new float[1]);
    }
  }

  @Test
  void theReportSaysWhatRanAndWhy() throws Exception {
    try (Stops stops = Stops.open()) {
      Report report = stops.toExposure(INTENSITIES, new float[5]);
      assertEquals("cpu", report.engines().getFirst().engine().id());
      assertEquals(5, report.engines().getFirst().samples());
      assertTrue(report.reason().contains("a small job"), report.reason());
      assertTrue(report.toString().contains("1 UNDEFINED, first at 1"), report.toString());
    }
  }

  @Test
  void aCancelledFutureStopsTheConversion() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicLong furthest = new AtomicLong();
    float[] samples = new float[1 << 23];
    Chunk chunk = Chunk.of(MemorySegment.ofArray(samples), MemorySegment.ofArray(samples), 1 << 23);
    Progress waits =
        (done, total) -> {
          furthest.set(done);
          begun.countDown();
          awaitUninterruptibly(cancelled);
        };
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Stops stops = Stops.open("cpu")) {
      Future<Report> future = threads.submit(() -> stops.convert(FLOATS, chunk, waits));
      begun.await();
      future.cancel(true);
      cancelled.countDown();
      threads.close();
      assertThrows(CancellationException.class, future::get);
      assertTrue(furthest.get() < chunk.samples(), "was not stopped");
    }
  }

  @Test
  void convertsAFileThereAndBackAndTellsProgress(@TempDir Path folder) throws Exception {
    Path source = Path.of("src/main/examples/desk.exr");
    Path exposures = folder.resolve("exposures.exr");
    Path back = folder.resolve("back.exr");
    Set<Integer> heard = ConcurrentHashMap.newKeySet();
    try (Stops stops = Stops.open("cpu")) {
      FileReport report =
          stops.convert(
              FileRequest.of(source, exposures, Domain.EXPOSURE),
              FileFormat.told(),
              FileFormat.named("EXR"),
              (done, all) -> heard.add(all - done));
      assertEquals(234_720, report.samples());
      assertEquals(Domain.EXPOSURE, report.to());
      assertTrue(report.count(Anomaly.CLAMPED) > 0);
      assertTrue(heard.contains(0), heard::toString);
      assertTrue(stops.convert(exposures, back, Domain.INTENSITY).written());
    }
    try (ImageSource picture = Formats.open(back)) {
      Channel first = picture.info().parts().getFirst().channels().getFirst();
      assertEquals(FLOAT16, first.type());
    }
  }

  @Test
  void theFormatOfAFileIsToldByItselfOrByTheCaller(@TempDir Path folder) throws Exception {
    Path source = Files.write(folder.resolve("source.exr"), new byte[] {0, 0, (byte) 0x80, 0x3f});
    Path target = folder.resolve("target.exr");
    FileRequest request = FileRequest.of(source, target, Domain.EXPOSURE);
    try (Stops stops = Stops.open("cpu")) {
      FileFormat big = FileFormat.raw(FLOAT32, ByteOrder.BIG_ENDIAN);
      FileReport report = stops.convert(request, FileFormat.named("raw"), big, FileProgress.NONE);
      assertEquals(1, report.samples());
      assertEquals(0, ByteBuffer.wrap(Files.readAllBytes(target)).getFloat());
      assertThrows(
          ImageException.class,
          () -> stops.convert(request, FileFormat.told(), big, FileProgress.NONE));
    }
    assertThrows(IllegalArgumentException.class, () -> FileFormat.named("jpeg"));
  }

  @Test
  void aFileTakesNoMoreMemoryThanItMay(@TempDir Path folder) throws Exception {
    Path source = Path.of("src/main/examples/desk.exr");
    Path target = folder.resolve("out.exr");
    FileRequest request = FileRequest.of(source, target, Domain.EXPOSURE);
    FileFormat told = FileFormat.told();
    try (Stops stops = Stops.open("cpu")) {
      ImageException e =
          assertThrows(
              ImageException.class,
              () -> stops.convert(request, told, told, FileProgress.NONE, 1 << 10));
      assertTrue(String.valueOf(e.getMessage()).contains(" of memory for "), e.getMessage());
      assertFalse(Files.exists(target));
      assertThrows(
          IllegalArgumentException.class,
          () -> stops.convert(request, told, told, FileProgress.NONE, 0));
      stops.convert(request, told, told, FileProgress.NONE, 64 << 20);
      assertTrue(Files.exists(target));
    }
  }

  @Test
  void aFileConversionThatIsCancelledLeavesTheOldOutputAndNothingElse(@TempDir Path folder)
      throws Exception {
    Path source = Files.write(folder.resolve("source.raw"), new byte[64 << 20]);
    Path target = Files.writeString(folder.resolve("target.raw"), "old");
    FileFormat raw = FileFormat.raw(FLOAT32, ByteOrder.LITTLE_ENDIAN);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicLong furthest = new AtomicLong();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Stops stops = Stops.open("cpu")) {
      Future<FileReport> future =
          threads.submit(() ->
              stops.convert(
                  FileRequest.of(source, target, Domain.EXPOSURE),
                  raw,
                  raw,
                  (done, all) -> {
                    furthest.set(done);
                    begun.countDown();
                    awaitUninterruptibly(cancelled);
                  }));
      begun.await();
      future.cancel(true);
      cancelled.countDown();
      threads.close();
      assertThrows(CancellationException.class, future::get);
    }
    assertTrue(furthest.get() < 16, "was not stopped");
    assertEquals("old", Files.readString(target));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theExampleInTheReadmeRuns() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      ReadmeExample.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    String printed = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(printed.startsWith("[-2.473931, 0.0, 1.0, 19.931568] stops, 4 samples"), printed);
  }
}
