package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/** Damaged and incomplete files, and files with false sizes. */
class ExrReaderTest {
  private static final Box WINDOW = new Box(-2, -3, 17, 40);
  private static final List<ExrChannel> CHANNELS =
      List.of(ExrChannel.of("G", PixelType.HALF), ExrChannel.of("R", PixelType.FLOAT));

  @TempDir Path folder;

  @Test
  void tableOfZerosIsRebuiltFromTheChunks() throws Exception {
    Path path = sample(Compression.ZIPS);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8 * chunks(path)), tableStart(path));
    }
    try (ExrReader reader = ExrReader.open(path)) {
      for (int chunk = 0; chunk < reader.grid(0).count(); chunk++) {
        assertArrayEquals(
            SampleFile.samples(reader.grid(0).layout(chunk), 0), SampleFile.read(reader, 0, chunk));
      }
    }
  }

  @Test
  void interruptedFileHasTheChunksThatWereWrittenAndMissesTheOthers() throws Exception {
    Path path = sample(Compression.NONE);
    truncate(path, Files.size(path) - 10);
    assertLastRowMisses(
        path, "scanline 40: the chunk at byte 6151 claims 120 bytes, more than the file has");
    truncate(path, Files.size(path) - 130);
    assertLastRowMisses(path, "scanline 40: missing; the file is incomplete");
  }

  private static void assertLastRowMisses(Path path, String problem) throws Exception {
    try (ExrReader reader = ExrReader.open(path)) {
      int last = reader.grid(0).count() - 1;
      ExrException e = assertThrows(ExrException.class, () -> reader.read(0, last));
      assertEquals(problem, e.problem());
      for (int chunk = 0; chunk < last - 1; chunk++) {
        assertArrayEquals(
            SampleFile.samples(reader.grid(0).layout(chunk), 0), SampleFile.read(reader, 0, chunk));
      }
    }
  }

  @Test
  void entryThatLeadsToAnotherChunkIsAnError() throws Exception {
    Path path = sample(Compression.ZIPS);
    long table = tableStart(path);
    byte[] bytes = Files.readAllBytes(path);
    System.arraycopy(bytes, (int) table, bytes, (int) table + 8, 8);
    Files.write(path, bytes);
    try (ExrReader reader = ExrReader.open(path)) {
      ExrException e = assertThrows(ExrException.class, () -> reader.read(0, 1));
      assertTrue(
          e.problem().startsWith("scanline -2: the offset table leads to another chunk"),
          e.problem());
    }
  }

  @Test
  void fileThatShrinksWhileItIsReadIsAnError() throws Exception {
    Path path = sample(Compression.NONE);
    try (ExrReader reader = ExrReader.open(path)) {
      truncate(path, Files.size(path) / 2);
      int last = reader.grid(0).count() - 1;
      ExrException e = assertThrows(ExrException.class, () -> reader.read(0, last));
      assertTrue(e.problem().contains("the file ends early"), e.problem());
    }
  }

  @Test
  void pictureOfTwoToTheSixtySecondPixelsInThreeHundredBytesIsRefused() throws Exception {
    int corner = Integer.MAX_VALUE / 2 - 1;
    Box huge = new Box(-corner, -corner, corner, corner);
    for (int compression = 0; compression < Compression.values().length; compression++) {
      if (Compression.values()[compression].readable()) {
        refused(new HostileFile(0).header(HostileFile.required(huge, compression)).zeros(100));
        for (int mode : List.of(0, 1, 2, 0x10, 0x11, 0x12)) {
          for (int size : List.of(1, 64, 1 << 20, Integer.MAX_VALUE)) {
            List<Attribute> attributes = HostileFile.required(huge, compression);
            attributes.add(HostileFile.tiles(size, size, mode));
            refused(new HostileFile(HeaderParser.TILED).header(attributes).zeros(100));
          }
        }
      }
    }
  }

  @Test
  void windowOutsideTheCoordinatesIsRefused() throws Exception {
    for (Box box :
        List.of(
            new Box(0, 0, Integer.MAX_VALUE, 0),
            new Box(Integer.MIN_VALUE, 0, Integer.MAX_VALUE, 0),
            new Box(5, 0, 4, 0),
            new Box(0, 1, 0, 0))) {
      String message = refused(new HostileFile(0).header(HostileFile.required(box, 0)).zeros(100));
      assertTrue(message.contains("dataWindow"), message);
    }
  }

  @Test
  void largeBlockThatItsDataCannotFillIsRefusedBeforeMemoryIsTaken() throws Exception {
    // One row of 64 MiB, claimed by 70,000 bytes of other data.
    Box wide = new Box(0, 0, (1 << 25) - 1, 0);
    List<Attribute> attributes = HostileFile.required(wide, Compression.ZIPS.ordinal());
    HostileFile file = new HostileFile(0).header(attributes);
    Path path = file.in(folder);
    long start = Files.size(path) + 8;
    path = file.number(start).integer(0).integer(70_000).zeros(70_000).in(folder);
    long before = allocatedBytes();
    try (ExrReader reader = ExrReader.open(path)) {
      assertThrows(ExrException.class, () -> reader.read(0, 0));
    }
    long taken = allocatedBytes() - before;
    // A JVM that has just started allocates about a megabyte for itself.
    assertTrue(taken < 4 << 20, () -> taken + " bytes");
  }

  private static long allocatedBytes() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() throws Exception {
    Box box = new Box(0, 0, 9, 9);
    assertEquals(
        "compression HTJ2K is not supported",
        refused(new HostileFile(0).header(HostileFile.required(box, 10)).zeros(100)));
    assertEquals(
        "compression 37 is unknown",
        refused(new HostileFile(0).header(HostileFile.required(box, 37)).zeros(100)));
    assertEquals(
        "deep data is not supported",
        refused(
            new HostileFile(HeaderParser.NOT_IMAGE)
                .header(HostileFile.required(box, 0))
                .zeros(100)));
    List<Attribute> deep = HostileFile.required(box, 0);
    deep.add(Attribute.ofString("type", "deeptile"));
    assertEquals(
        "part 0: deep data is not supported",
        refused(new HostileFile(HeaderParser.MULTI_PART).header(deep).zeros(100)));
    assertEquals(
        "file format flags 0x8000 are unknown",
        refused(new HostileFile(0x8000).header(HostileFile.required(box, 0)).zeros(100)));
  }

  @Test
  void ofAnAttributeThatIsThereTwiceTheLastOneCounts() throws Exception {
    List<Attribute> twice = HostileFile.required(new Box(0, 0, 0, 0), 0);
    twice.add(3, Attribute.ofString("owner", "first"));
    twice.add(Attribute.ofString("owner", "second"));
    twice.add(Attribute.ofBox("displayWindow", new Box(0, 0, 1, 1)));
    try (ExrReader reader = ExrReader.open(withPixel(twice))) {
      ExrHeader header = reader.parts().getFirst();
      assertEquals("second", header.string("owner").orElseThrow());
      assertEquals(new Box(0, 0, 1, 1), header.displayWindow());
      assertEquals("owner", header.attributes().get(3).name());
      assertTrue(
          reader.notes().contains("attribute owner is there more than once; the last one counts"));
    }
    twice.add(Attribute.ofInt("owner", 1));
    assertEquals(
        "attribute owner is there twice, as string and as int",
        refused(new HostileFile(0).header(twice).zeros(100)));
  }

  @Test
  void whatIsMissingIsWhatOpenExrTakesForIt() throws Exception {
    List<Attribute> all = HostileFile.required(new Box(0, 0, 0, 0), 0);
    for (String name : List.of("displayWindow", "lineOrder", "pixelAspectRatio")) {
      List<Attribute> some = all.stream().filter(a -> !a.name().equals(name)).toList();
      try (ExrReader reader = ExrReader.open(withPixel(some))) {
        ExrHeader header = reader.parts().getFirst();
        assertTrue(header.attribute(name).isPresent(), name);
        assertEquals(LineOrder.INCREASING_Y, header.lineOrder());
        assertTrue(
            reader.notes().stream().anyMatch(note -> note.contains(name + " is missing")), name);
      }
    }
    List<Attribute> none = all.stream().filter(a -> !a.name().equals("channels")).toList();
    assertEquals(
        "attribute channels is missing", refused(new HostileFile(0).header(none).zeros(9)));
  }

  @Test
  void chunksAreCountedWhateverChunkCountSays() throws Exception {
    List<Attribute> attributes = HostileFile.required(new Box(0, 0, 0, 0), 0);
    attributes.add(Attribute.ofInt("chunkCount", 1080));
    try (ExrReader reader = ExrReader.open(withPixel(attributes))) {
      assertEquals(1, reader.grid(0).count());
      assertTrue(
          reader
              .notes()
              .contains("chunkCount is 1080, but the picture has 1 chunks; that is what counts"));
    }
  }

  @Test
  void partsWithoutNamesOfTheirOwnAreRefusedAsByOpenExr() throws Exception {
    List<Attribute> part = HostileFile.required(new Box(0, 0, 0, 0), 0);
    part.add(Attribute.ofString("type", "scanlineimage"));
    assertEquals(
        "part 0: attribute name is missing",
        refused(new HostileFile(HeaderParser.MULTI_PART).header(part).zeros(100)));
    part.add(Attribute.ofString("name", "one"));
    assertEquals(
        "part 1 has the name of another part, one",
        refused(new HostileFile(HeaderParser.MULTI_PART).header(part).header(part).zeros(100)));
  }

  /** A file with this header and one half sample. */
  private static byte[] withPixel(List<Attribute> attributes) {
    HostileFile file = new HostileFile(0).header(attributes);
    int chunk = file.bytes().length + 8;
    return file.number(chunk).integer(0).integer(2).zeros(2).bytes();
  }

  @Test
  void anythingCutOffAnywhereEndsInAnErrorOrAPicture() throws Exception {
    byte[] whole = Files.readAllBytes(sample(Compression.ZIP));
    for (int length = 0; length < whole.length; length++) {
      readAll(Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anythingChangedAnywhereEndsInAnErrorOrAPicture(Compression compression) throws Exception {
    if (!compression.writable()) {
      return;
    }
    ExrHeader header = ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, compression);
    for (byte[] whole : List.of(scanlines(header), tiles(header), twoParts(header))) {
      Random random = new Random(7);
      for (int i = 0; i < 400; i++) {
        byte[] changed = whole.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          int at = random.nextInt(i % 2 == 0 ? changed.length : Math.min(500, changed.length));
          changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : changed[at] ^ 1 << 3);
        }
        readAll(changed);
      }
    }
  }

  private byte[] scanlines(ExrHeader header) throws IOException, ExrException {
    return written(List.of(header), false);
  }

  private byte[] tiles(ExrHeader header) throws IOException, ExrException {
    List<Attribute> attributes = new ArrayList<>(header.attributes());
    attributes.add(HostileFile.tiles(8, 16, 1));
    return written(List.of(ExrHeader.of(attributes, true)), false);
  }

  private byte[] twoParts(ExrHeader header) throws IOException, ExrException {
    ExrHeader part = header.with(Attribute.ofString("type", "scanlineimage"));
    return written(
        List.of(
            part.with(Attribute.ofString("name", "a")), part.with(Attribute.ofString("name", "b"))),
        true);
  }

  private byte[] written(List<ExrHeader> parts, boolean multiPart)
      throws IOException, ExrException {
    Path path = folder.resolve("whole.exr");
    SampleFile.write(path, parts, multiPart, SampleFile.ChunkOrder.INCREASING);
    return Files.readAllBytes(path);
  }

  private void readAll(byte[] bytes) throws IOException {
    try (ExrReader reader = ExrReader.open(bytes)) {
      for (int part = 0; part < reader.parts().size(); part++) {
        reader.parts().get(part).attributes().forEach(Attribute::text);
        for (int chunk = 0; chunk < Math.min(50, reader.grid(part).count()); chunk++) {
          try (ExrChunk read = reader.read(part, chunk)) {
            assertTrue(read.raw().length >= read.layout().bytes());
          } catch (ExrException damaged) {
            assertTrue(damaged.problem().lines().count() == 1, damaged.problem());
          }
        }
      }
    } catch (ExrException damaged) {
      assertTrue(damaged.problem().lines().count() == 1, damaged.problem());
    }
  }

  private String refused(HostileFile file) throws IOException {
    Path path = file.in(folder);
    return assertThrows(ExrException.class, () -> ExrReader.open(path).close()).problem();
  }

  private Path sample(Compression compression) throws IOException, ExrException {
    Path path = folder.resolve("sample.exr");
    SampleFile.write(path, ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, compression));
    return path;
  }

  private static int chunks(Path path) throws IOException, ExrException {
    try (ExrReader reader = ExrReader.open(path)) {
      return reader.grid(0).count();
    }
  }

  /**
   * The position of the offset table. The table ends at the first chunk, whose position is its
   * first entry.
   */
  private static long tableStart(Path path) throws IOException, ExrException {
    int count = chunks(path);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, bytes.limit() - 8)
        .filter(at -> bytes.getLong(at) == at + 8L * count)
        .findFirst()
        .orElseThrow();
  }

  private static void truncate(Path path, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }
}
