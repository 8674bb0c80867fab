package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.SampleType;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ExrHeader;
import stops.exr.SampleFile;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;
import stops.image.Domain;
import stops.image.ImageSource;
import stops.image.Metadata;
import stops.image.Window;

/** What a format cannot keep of a file in another one is named, for every pair of formats. */
class MetadataTest {
  private static final List<String> TARGETS = List.of("exr", "hdr", "tif", "pfm", "npy", "raw");

  @TempDir Path folder;

  /** Files that say something beside their samples, and what that is, by format. */
  private final Map<String, Path> files = new TreeMap<>();

  private final Map<String, String> said =
      Map.of(
          "exr", "owner, name",
          "hdr", "line 2, VIEW",
          "tif", "Software, GDAL_METADATA",
          "pfm", "# by hand",
          "npy", "comment");

  @BeforeEach
  void writeFiles() throws Exception {
    List<ExrChannel> channels = new ArrayList<>();
    for (String name : List.of("B", "G", "R")) {
      channels.add(ExrChannel.of(name, PixelType.FLOAT));
    }
    Box window = new Box(0, 0, 3, 2);
    ExrHeader header =
        ExrHeader.scanlines(window, window, channels, Compression.NONE)
            .with(Attribute.ofString("owner", "me"))
            .with(Attribute.ofString("name", "beauty"))
            .with(Attribute.ofString("stopsVersion", "0"));
    Path exr = folder.resolve("in.exr");
    SampleFile.write(
        exr,
        List.of(header),
        false,
        SampleFile.ChunkOrder.INCREASING,
        (part, chunk) -> new byte[4 * 3 * 4]);
    files.put("exr", exr);
    files.put("hdr", radiance());
    files.put("tif", tiff());
    files.put("pfm", write("in.pfm", "PF\n# by hand\n4 3\n-1\n", 4 * 3 * 3 * 4));
    String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4, 3)} # mine\n";
    String start = "\u0093NUMPY\1\0" + (char) dictionary.length() + "\0";
    files.put("npy", write("in.npy", start + dictionary, 4 * 3 * 3 * 4));
  }

  private Path radiance() throws Exception {
    String header = "#?RADIANCE\n# by hand\nVIEW= -vtv\nEXPOSURE=2\nFORMAT=32-bit_rle_rgbe\n\n";
    return write("in.hdr", header + "-Y 3 +X 4\n", 4 * 3 * 4);
  }

  private Path tiff() throws Exception {
    var picture =
        new TileSource(
            Window.ofSize(4, 3), 8, 8, TileSource.channels(SampleType.FLOAT32, "R", "G", "B"));
    Path plain = folder.resolve("plain.tif");
    Pass.write(picture, new TiffFormat(), plain, Pass.keep(picture));
    byte[] header =
        new TiffHeader(
                4,
                3,
                3,
                4,
                List.of(TiffHeader.text(305, "a program"), TiffHeader.text(42112, "<GDAL/>")))
            .write();
    return write("in.tif", new String(header, StandardCharsets.ISO_8859_1), 4 * 3 * 3 * 4);
  }

  private Path write(String name, String header, int bytes) throws Exception {
    String all = header + "\0".repeat(bytes);
    return Files.write(folder.resolve(name), all.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void isNamedWhereItIsNotKept() throws Exception {
    for (String from : files.keySet()) {
      for (String to : TARGETS) {
        Path out = folder.resolve("out." + to);
        List<String> notes = notes(files.get(from), out, Domain.INTENSITY);
        boolean kept = from.equals(to) && !List.of("pfm", "npy").contains(to);
        String note = "not kept of the source: " + said.get(from);
        assertEquals(kept ? List.of() : List.of(note), notes, from + " to " + to);
      }
    }
  }

  @Test
  void ofManyNamesSomeAreCountedAndNoneMovesTheCursor() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 103; i++) {
      names.add("\u001b[2J" + i);
    }
    String note = new Metadata(names, List.of()).lost(false).orElseThrow();
    assertTrue(note.endsWith("?[2J99 and 3 more"), note);
    assertTrue(note.chars().noneMatch(Character::isISOControl), note);
    assertTrue(new Metadata(names, List.of()).lost(true).isEmpty());
  }

  @Test
  void ofAPictureOfSeveralLevelsOnlyTheFullOneIsKept() throws Exception {
    List<ExrChannel> channels = List.of(ExrChannel.of("Y", PixelType.FLOAT));
    Box window = new Box(0, 0, 16, 16);
    List<Attribute> attributes =
        new ArrayList<>(
            ExrHeader.scanlines(window, window, channels, Compression.NONE).attributes());
    for (int mode : List.of(1, 2, 0x11, 0x12)) {
      attributes.removeIf(attribute -> attribute.name().equals("tiles"));
      attributes.add(
          new Attribute("tiles", "tiledesc", new byte[] {8, 0, 0, 0, 8, 0, 0, 0, (byte) mode}));
      Path exr = folder.resolve("levels.exr");
      SampleFile.write(
          exr,
          List.of(ExrHeader.of(attributes, true)),
          false,
          SampleFile.ChunkOrder.INCREASING,
          (part, chunk) -> samples(chunk < 9 ? 1 : 2));
      Path out = folder.resolve("out.npy");
      assertEquals(
          List.of("the smaller copies of the picture (its levels) are not kept"),
          notes(exr, out, Domain.INTENSITY));
      for (double[][] row : Pass.samples(out)) {
        for (double[] pixel : row) {
          assertEquals(1, pixel[0]);
        }
      }
    }
  }

  private static byte[] samples(float value) {
    java.nio.ByteBuffer samples =
        java.nio.ByteBuffer.allocate(8 * 8 * 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putFloat(value);
    }
    return samples.array();
  }

  private static List<String> notes(
      @org.jspecify.annotations.Nullable Path from, Path to, Domain domain) throws Exception {
    Path file = java.util.Objects.requireNonNull(from);
    try (ImageSource source = Formats.open(file)) {
      return Pass.write(
          source,
          Formats.forTarget(to, Formats.of(file)),
          to,
          Pass.layout(source, SampleType.FLOAT32, domain));
    }
  }
}
