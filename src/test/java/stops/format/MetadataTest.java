package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.Metadata;

/** What a format cannot keep of a file in another one is named, for every pair of formats. */
class MetadataTest {
  private static final ImageFormat RAW = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);

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
    String texts = "a program\0<GDAL/>\0";
    int first = 8 + 2 + 12 * 11 + 4;
    int data = first + texts.length();
    int[][] fields = {
      {256, 4, 1, 4}, // width
      {257, 4, 1, 3}, // height
      {258, 3, 1, 32}, // bits of a sample
      {262, 3, 1, 2}, // R, G, B
      {273, 4, 1, data},
      {277, 3, 1, 3}, // samples of a pixel
      {278, 4, 1, 3}, // rows of a strip
      {279, 4, 1, 4 * 3 * 3 * 4},
      {305, 2, 10, first},
      {339, 3, 1, 3}, // floating point
      {42112, 2, 8, first + 10},
    };
    ByteBuffer header = ByteBuffer.allocate(data).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    header.putShort((short) fields.length);
    for (int[] field : fields) {
      header.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]);
      header.putInt(field[3]);
    }
    header.putInt(0).put(texts.getBytes(StandardCharsets.ISO_8859_1));
    String text = new String(header.array(), StandardCharsets.ISO_8859_1);
    return write("in.tif", text, 4 * 3 * 3 * 4);
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
    assertTrue(note.endsWith("\\u001b[2J99 and 3 more"), note);
    assertTrue(note.chars().noneMatch(Character::isISOControl), note);
    assertTrue(new Metadata(names, List.of()).lost(true).isEmpty());
  }

  @Test
  void ofAPictureOfSeveralLevelsOnlyTheFullOneIsKept() throws Exception {
    List<ExrChannel> channels =
        Stream.of("B", "G", "R").map(name -> ExrChannel.of(name, PixelType.FLOAT)).toList();
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
      for (String to : List.of("npy", "pfm", "tif", "hdr", "raw")) {
        Path out = folder.resolve("out." + to);
        assertEquals(
            List.of("the smaller copies of the picture (its levels) are not kept"),
            notes(exr, out, Domain.INTENSITY),
            to);
        assertAllAre(1, to.equals("raw") ? RAW : Formats.of(out), out);
      }
    }
  }

  private static void assertAllAre(double value, ImageFormat format, Path file) throws Exception {
    try (ImageSource source = format.open(file)) {
      for (double[][] row : Pass.samples(source)) {
        for (double[] pixel : row) {
          for (double sample : pixel) {
            assertEquals(value, sample, file.toString());
          }
        }
      }
    }
  }

  private static byte[] samples(float value) {
    ByteBuffer samples = ByteBuffer.allocate(3 * 8 * 8 * 4).order(ByteOrder.LITTLE_ENDIAN);
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
