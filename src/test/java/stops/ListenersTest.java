package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT32;

import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.convert.FileProgress;
import stops.convert.FileRequest;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.image.Domain;
import stops.opencl.TestDevice;

/** What a listener to the progress of a conversion does, and on whose thread, is its own affair. */
class ListenersTest {
  private static final int SAMPLES = 2_000_000;
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final FileFormat RAW = FileFormat.raw(FLOAT32, ByteOrder.LITTLE_ENDIAN);

  static Stream<String> devices() {
    return Stream.of("cpu", TestDevice.of(TestDevice.openCl()).id(), "all");
  }

  private static Chunk chunk(Arena arena) {
    return Chunk.of(arena.allocate(4L * SAMPLES, 4), arena.allocate(4L * SAMPLES, 4), SAMPLES);
  }

  private static float converted(Stops stops) {
    try {
      float[] samples = new float[300_000];
      samples[0] = 8;
      stops.toExposure(samples, samples);
      return samples[0];
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aListenerMayConvertWithTheSameDevices(String device) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Stops stops = Stops.open(device)) {
      stops.convert(
          FLOATS,
          chunk(Arena.ofAuto()),
          (done, total) -> {
            if (calls.getAndIncrement() < 3) {
              assertEquals(3, converted(stops));
            }
          });
    }
    assertTrue(calls.get() > 0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aListenerMayWaitForAnotherThreadThatConverts(String device) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Stops stops = Stops.open(device)) {
      stops.convert(
          FLOATS,
          chunk(Arena.ofAuto()),
          (done, total) -> {
            if (calls.getAndIncrement() < 3) {
              CompletableFuture<Float> other = new CompletableFuture<>();
              Thread.ofPlatform().start(() -> other.complete(converted(stops)));
              assertEquals(3, other.join());
            }
          });
    }
    assertTrue(calls.get() > 0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aListenerCannotCloseTheArenaThatIsConverted(String device) throws Exception {
    try (Stops stops = Stops.open(device);
        Arena arena = Arena.ofConfined()) {
      Chunk chunk = chunk(arena);
      chunk.source().fill((byte) 1);
      AtomicInteger refused = new AtomicInteger();
      Thread owner = Thread.currentThread();
      Report report =
          stops.convert(
              FLOATS,
              chunk,
              (done, total) -> {
                if (Thread.currentThread() == owner) {
                  assertThrows(IllegalStateException.class, arena::close);
                }
                refused.incrementAndGet();
              });
      assertTrue(refused.get() > 0);
      assertEquals(SAMPLES, report.samples());
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void closingDuringAConversionCancelsIt(String device) throws Exception {
    Stops stops = Stops.open(device);
    assertThrows(
        CancellationException.class,
        () ->
            stops.convert(
                FLOATS,
                chunk(Arena.ofAuto()),
                (done, total) -> {
                  Thread.ofPlatform().start(stops::close);
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                }));
    assertThrows(CancellationException.class, () -> stops.toExposure(new float[1], new float[1]));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void closingDuringAFileConversionCancelsItAndKeepsTheOldFile(String device, @TempDir Path folder)
      throws Exception {
    Path source = Files.write(folder.resolve("source.raw"), new byte[32 << 20]);
    Path target = Files.writeString(folder.resolve("target.raw"), "old");
    FileRequest request = FileRequest.of(source, target, Domain.EXPOSURE);
    Stops stops = Stops.open(device);
    assertThrows(
        CancellationException.class,
        () ->
            stops.convert(
                request,
                RAW,
                RAW,
                (done, all) -> {
                  Thread.ofPlatform().start(stops::close);
                  while (isOpen(stops)) {
                    Thread.onSpinWait();
                  }
                }));
    assertEquals("old", Files.readString(target));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
    assertThrows(
        CancellationException.class, () -> stops.convert(request, RAW, RAW, FileProgress.NONE));
  }

  private static boolean isOpen(Stops stops) {
    try {
      stops.toExposure(new float[0], new float[0]);
      return true;
    } catch (CancellationException e) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anInterruptOfAFileConversionIsAnInterruptAtEveryMoment(@TempDir Path folder)
      throws Exception {
    Path source = Files.write(folder.resolve("source.raw"), new byte[1 << 20]);
    Path target = Files.writeString(folder.resolve("target.raw"), "old");
    Path picture = Path.of("src/main/examples/desk.exr");
    Thread caller = Thread.currentThread();
    try (Stops stops = Stops.open("cpu")) {
      for (Path input : new Path[] {source, picture}) {
        FileFormat format = input == source ? RAW : FileFormat.named("exr");
        FileRequest request = FileRequest.of(input, target, Domain.EXPOSURE);
        caller.interrupt();
        assertThrows(
            InterruptedException.class,
            () -> stops.convert(request, format, format, FileProgress.NONE));
        assertTrue(!Thread.interrupted(), "the exception stands for the interrupt");
        assertThrows(
            InterruptedException.class,
            () ->
                stops.convert(
                    request,
                    format,
                    format,
                    (done, all) -> {
                      if (done == all) {
                        caller.interrupt();
                      }
                    }));
        assertEquals("old", Files.readString(target));
      }
    }
  }
}
