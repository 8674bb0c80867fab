package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/** OpenEXR's tools read files from Stops, and Stops reads files from these tools. */
class ExrFilesAndOpenExrTest {
  private static final Box WINDOW = new Box(-7, -13, 92, 56);
  private static final List<ExrChannel> CHANNELS =
      Stream.of("A", "B", "G", "R").map(name -> ExrChannel.of(name, PixelType.HALF)).toList();

  @TempDir Path folder;

  @BeforeEach
  void needsTheTools() throws Exception {
    OpenExrTools.require();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP", "PIZ"})
  void openExrReadsTheSameSamples(Compression compression) throws Exception {
    Path ours = folder.resolve("ours.exr");
    SampleFile.write(ours, ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, compression));
    // exrmaketiled makes one tile as large as the picture. The tile is uncompressed.
    Path theirs =
        OpenExrTools.makeTiled(
            ours, "theirs", Compression.NONE, (int) WINDOW.width(), (int) WINDOW.height());
    assertArrayEquals(rows(ours), rows(theirs));
  }

  @ParameterizedTest
  @CsvSource({"-o, DOWN", "-m, DOWN", "-r, DOWN", "-m, UP", "-r, UP"})
  void tilesOfAllLevelsOfAnOpenExrFileAreReadAndComeBackTheSameFile(String mode, String rounding)
      throws Exception {
    Path plain = folder.resolve("plain.exr");
    SampleFile.write(plain, ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, Compression.NONE));
    Path theirs = folder.resolve("theirs.exr");
    List<String> command = new ArrayList<>(List.of("exrmaketiled", mode, "-z", "zip"));
    if (rounding.equals("UP")) {
      command.add("-u");
    }
    command.addAll(List.of("-t", "32", "16", plain.toString(), theirs.toString()));
    OpenExrTools.run(command);
    Path ours = folder.resolve("ours.exr");
    try (ExrReader reader = ExrReader.open(theirs)) {
      assertTrue(reader.parts().getFirst().tiling().isPresent());
      copy(reader, ours);
    }
    assertSameHeader(theirs, ours);
    try (ExrReader a = ExrReader.open(theirs);
        ExrReader b = ExrReader.open(ours)) {
      for (int chunk = 0; chunk < a.grid(0).count(); chunk++) {
        assertArrayEquals(SampleFile.read(a, 0, chunk), SampleFile.read(b, 0, chunk));
      }
    }
  }

  /** OpenEXR's reader requires that chunks lie in line order. */
  @ParameterizedTest
  @CsvSource({
    "INCREASING_Y, --scanline",
    "DECREASING_Y, --scanline",
    "INCREASING_Y, --tile 32 16",
    "DECREASING_Y, --tile 32 16",
    "INCREASING_Y, -r"
  })
  void chunksLieInTheFileAsOpenExrPutsThem(LineOrder order, String storage) throws Exception {
    Path theirs = folder.resolve("theirs.exr");
    Path ours = folder.resolve("ours.exr");
    SampleFile.write(ours, ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, Compression.NONE));
    String name = order == LineOrder.DECREASING_Y ? "decreasingY" : "increasingY";
    String command =
        storage.equals("-r")
            ? String.format(Locale.ROOT, "exrmaketiled -r -t 32 16 %s %s", ours, theirs)
            : String.format(
                Locale.ROOT,
                "oiiotool %s %s --attrib openexr:lineOrder %s -o %s",
                ours,
                storage,
                name,
                theirs);
    OpenExrTools.run(List.of(command.split(" ", -1)));
    try (ExrReader reader = ExrReader.open(theirs)) {
      assertEquals(order, reader.parts().getFirst().lineOrder());
      SampleFile.write(
          ours,
          reader.parts(),
          false,
          SampleFile.ChunkOrder.SHUFFLED,
          (part, chunk) -> SampleFile.read(reader, part, chunk));
      assertEquals(inFileOrder(theirs, reader.grid(0)), inFileOrder(ours, reader.grid(0)));
    }
  }

  /** The coordinates of all chunks, ordered by position in the file. */
  private static List<String> inFileOrder(Path path, ChunkGrid grid) throws Exception {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    long table = HeaderParser.parse(ExrBytes.of(file.array()), HeldBytes.ANY).bytes();
    long[] offsets = new long[grid.count()];
    file.position((int) table).asLongBuffer().get(offsets);
    List<String> coordinates = new ArrayList<>();
    for (int chunk = 0; chunk < offsets.length; chunk++) {
      int[] at = grid.coordinates(chunk);
      for (int i = 0; i < at.length; i++) {
        assertEquals(at[i], file.getInt((int) offsets[chunk] + 4 * i));
      }
    }
    java.util.Arrays.sort(offsets);
    for (long offset : offsets) {
      coordinates.add(file.getInt((int) offset) + " " + file.getLong((int) offset + 4));
    }
    return coordinates;
  }

  @Test
  void openExrReadsPartsAndTheirHeaders() throws Exception {
    ExrHeader header = ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, Compression.ZIP);
    ExrHeader named = header.with(Attribute.ofString("type", "scanlineimage"));
    Path path = folder.resolve("parts.exr");
    SampleFile.write(
        path,
        List.of(
            named.with(Attribute.ofString("name", "one")),
            named.with(Attribute.ofString("name", "two")).with(Compression.ZIPS)),
        true,
        SampleFile.ChunkOrder.SHUFFLED);
    String said = OpenExrTools.run(List.of("exrheader", path.toString()));
    assertTrue(said.contains("name (type string): \"two\""), said);
    assertTrue(said.contains("chunkCount (type int): 70"), said);
    Path second = folder.resolve("second.exr");
    OpenExrTools.run(List.of("oiiotool", path.toString(), "--subimage", "1", "-o", second + ""));
    try (ExrReader ours = ExrReader.open(path);
        ExrReader theirs = ExrReader.open(second)) {
      for (int chunk = 0; chunk < ours.grid(1).count(); chunk++) {
        assertArrayEquals(
            SampleFile.read(ours, 1, chunk), SampleFile.read(theirs, 0, chunk), "row " + chunk);
      }
    }
  }

  @Test
  void longNamesAreFlaggedForOpenExr() throws Exception {
    ExrChannel named = ExrChannel.of("a".repeat(200) + ".R", PixelType.HALF);
    Path path = folder.resolve("long.exr");
    SampleFile.write(path, ExrHeader.scanlines(WINDOW, WINDOW, List.of(named), Compression.ZIP));
    assertTrue(OpenExrTools.run(List.of("exrheader", path + "")).contains(named.name()));
    assertEquals(
        0x402, ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
  }

  private static void assertSameHeader(Path a, Path b) throws IOException, InterruptedException {
    String first = OpenExrTools.run(List.of("exrheader", a.toString()));
    String second = OpenExrTools.run(List.of("exrheader", b.toString()));
    assertFalse(first.isBlank());
    assertEquals(first.replace(a.toString(), ""), second.replace(b.toString(), ""));
  }

  private static void copy(ExrReader reader, Path to) throws IOException, ExrException {
    SampleFile.write(
        to,
        reader.parts(),
        reader.multiPart(),
        SampleFile.ChunkOrder.INCREASING,
        (part, chunk) -> SampleFile.read(reader, part, chunk));
  }

  /** All samples, row by row. */
  private static byte[] rows(Path path) throws IOException, ExrException {
    try (ExrReader reader = ExrReader.open(path)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int chunk = 0; chunk < reader.grid(0).count(); chunk++) {
        out.writeBytes(SampleFile.read(reader, 0, chunk));
      }
      return out.toByteArray();
    }
  }
}
