package stops.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.SampleType;
import stops.format.flat.InputFile;
import stops.image.Domain;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.Strip;
import stops.image.Window;

class RawFormatTest {
  private static final RawFormat F32 = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);

  @TempDir Path folder;

  @Test
  void allBitsPassThroughInEveryTypeAndByteOrderAndSize() throws Exception {
    Random random = new Random(1);
    for (SampleType type : SampleType.values()) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        for (int samples : new int[] {1, 13, 4098, 3_000_001}) {
          byte[] bytes = new byte[samples * type.bytes()];
          random.nextBytes(bytes);
          Path in = Files.write(folder.resolve("in"), bytes);
          RawFormat format = new RawFormat(type, order);
          try (ImageSource source = format.open(in)) {
            Pass.write(source, format, folder.resolve("out"), Pass.keep(source));
          }
          assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("out")), type + " " + order);
        }
      }
    }
  }

  @Test
  void theOutputMayBeTheInput() throws Exception {
    byte[] bytes = new byte[10_000_000];
    new Random(2).nextBytes(bytes);
    Path file = Files.write(folder.resolve("a"), bytes);
    try (ImageSource source = F32.open(file)) {
      Pass.write(source, F32, file, Pass.keep(source));
    }
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void samplesAreGivenInLittleEndianOrder() throws Exception {
    Path in = folder.resolve("in");
    Files.write(in, ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array());
    try (ImageSource source = new RawFormat(SampleType.FLOAT32, ByteOrder.BIG_ENDIAN).open(in);
        Arena arena = Arena.ofConfined()) {
      assertEquals(1, source.strips());
      assertEquals(8, source.stripBytes());
      Strip strip = source.read(0, arena);
      assertEquals(1.5f, strip.planes().getFirst().samples().get(Pass.FLOAT, 0));
      assertEquals(-2f, strip.planes().getFirst().samples().get(Pass.FLOAT, 4));
    }
  }

  @Test
  void narrowSamplesAreWidenedWithTheirValue() throws Exception {
    Path in = folder.resolve("in");
    Files.write(in, new byte[] {0, 0x3c, 1, 0, (byte) 0xff, 0x7b});
    RawFormat half = new RawFormat(SampleType.FLOAT16, ByteOrder.LITTLE_ENDIAN);
    Path out = folder.resolve("out");
    try (ImageSource source = half.open(in)) {
      Pass.write(source, half, out, Pass.layout(source, SampleType.FLOAT64, Domain.INTENSITY));
    }
    ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(24, written.remaining());
    assertEquals(1.0, written.getDouble());
    assertEquals(0x1p-24, written.getDouble());
    assertEquals(65504.0, written.getDouble());
  }

  @Test
  void stripsOfManySamplesCoverThemOnceAndInOrder() throws Exception {
    Path in = Files.write(folder.resolve("in"), new byte[12_000_000]);
    try (ImageSource source = F32.open(in);
        Arena arena = Arena.ofConfined()) {
      assertTrue(source.strips() > 1);
      int next = 0;
      for (int i = 0; i < source.strips(); i++) {
        Strip strip = source.read(i, arena);
        assertEquals(next, strip.window().xMin());
        assertEquals(strip.window().width(), strip.planes().getFirst().count());
        next = strip.window().xMax() + 1;
      }
      assertEquals(3_000_000, next);
    }
  }

  @Test
  void moreSamplesThanAnIntCountsAreRowsOfWhichTheLastEndsEarly() throws Exception {
    long samples = (1L << 31) + 5;
    Path in = folder.resolve("in");
    try (FileChannel sparse =
        FileChannel.open(in, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f}), (samples - 1) * 4);
    }
    try (ImageSource source = F32.open(in);
        Arena arena = Arena.ofConfined()) {
      assertEquals(Window.ofSize(1 << 30, 3), source.info().parts().getFirst().dataWindow());
      Strip last = source.read(source.strips() - 1, arena);
      assertEquals(new Window(0, 2, 4, 2), last.window());
      assertEquals(1f, last.planes().getFirst().samples().get(Pass.FLOAT, 16));
      // And is written to the same place.
      Path out = folder.resolve("out");
      try (ImageTarget target = F32.create(out, source, Pass.keep(source))) {
        Strip to = target.prepare(last, arena);
        to.planes().getFirst().samples().copyFrom(last.planes().getFirst().samples());
        target.write(to);
        target.commit();
      }
      assertEquals(samples * 4, Files.size(out));
      try (ImageSource again = F32.open(out)) {
        Strip strip = again.read(again.strips() - 1, arena);
        assertEquals(1f, strip.planes().getFirst().samples().get(Pass.FLOAT, 16));
      }
    }
  }

  @Test
  void aFileThatEndsWithinASampleIsAnErrorWithTheOffset() throws Exception {
    Path in = Files.write(folder.resolve("in"), new byte[10]);
    Problem.input("float32 sample that begins at offset 8", () -> F32.open(in));
  }

  @Test
  void anEmptyMissingOrUnreadableFileIsAnError() throws Exception {
    Problem.input("is empty", () -> F32.open(Files.createFile(folder.resolve("empty"))));
    Problem.input("no such file", () -> F32.open(folder.resolve("none")));
    Problem.input("is a folder", () -> F32.open(folder));
    Problem.input("is a device", () -> F32.open(Path.of("/dev/null")));
  }

  @Test
  void aFileThatIsTruncatedWhileItIsOpenIsAnError() throws Exception {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      Path in = Files.write(folder.resolve("in"), new byte[20_000_000]);
      try (ImageSource source = new RawFormat(SampleType.FLOAT32, order).open(in);
          Arena arena = Arena.ofConfined()) {
        var unused = source.read(0, arena);
        Files.write(in, new byte[5]);
        Problem.input("was truncated by another program", () -> source.read(1, arena));
      }
    }
  }

  @Test
  void anAccessThatFaultsBecauseTheFileWasTruncatedIsAnError() throws Exception {
    Path in = Files.write(folder.resolve("in"), new byte[20_000_000]);
    try (InputFile file = InputFile.open(in)) {
      var view = file.view(10_000_000, 1_000_000);
      Files.write(in, new byte[5]);
      byte[] copy = new byte[1_000_000];
      Problem.input(
          "was truncated by another program",
          () -> file.reading(() -> java.lang.foreign.MemorySegment.ofArray(copy).copyFrom(view)));
    }
  }

  @Test
  void anExposureIsWrittenWithANoteSinceTheFileCannotSayIt() throws Exception {
    Path in = Files.write(folder.resolve("in"), new byte[40]);
    try (ImageSource source = F32.open(in)) {
      var notes =
          Pass.write(
              source,
              F32,
              folder.resolve("out"),
              Pass.layout(source, SampleType.FLOAT32, Domain.EXPOSURE));
      assertTrue(notes.toString().contains("does not say"), notes.toString());
    }
  }

  @Test
  void channelsOfATiledPictureAreInterleaved() throws Exception {
    Path out = folder.resolve("out");
    Window window = new Window(-3, 5, 29, 41);
    var tiles =
        new TileSource(window, 8, 8, TileSource.channels(SampleType.FLOAT16, "A", "B", "G", "R"));
    Pass.write(tiles, F32, out, Pass.keep(tiles));
    ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = 0; y < window.height(); y++) {
      for (int x = 0; x < window.width(); x++) {
        for (String name : new String[] {"R", "G", "B", "A"}) {
          assertEquals(
              TileSource.value(name, x, y), Float.float16ToFloat(written.getShort()), name);
        }
      }
    }
    assertEquals(0, written.remaining());
  }

  @Test
  void aCancelledTargetLeavesTheOldFileAndNothingElse() throws Exception {
    Path in = Files.write(folder.resolve("in"), new byte[40]);
    Path out = Files.write(folder.resolve("out"), new byte[] {1, 2, 3});
    try (ImageSource source = F32.open(in)) {
      ImageTarget target = F32.create(out, source, Pass.keep(source));
      target.close();
      target.close();
    }
    assertTrue(Arrays.equals(new byte[] {1, 2, 3}, Files.readAllBytes(out)));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }
}
