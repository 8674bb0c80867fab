package stops.format.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;
import stops.engine.SampleType;
import stops.format.Pass;
import stops.format.Problem;
import stops.format.TileSource;
import stops.format.flat.InputFile;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Window;

class TiffFormatTest {
  private static final TiffFormat TIFF = new TiffFormat();
  private static final String[] PATTERN = {
    "oiiotool",
    "--pattern",
    "fill:topleft=0,.1,2:topright=400,5,6:bottomleft=-8,.9,10:bottomright=12,13,14",
    "130x75",
    "3"
  };

  @TempDir Path folder;

  /** A little file with these fields, of which 273 is set, and these samples. */
  private Path file(ByteOrder order, Map<Integer, int[]> fields, float... samples)
      throws Exception {
    int directory = 8;
    int data = directory + 2 + fields.size() * 12 + 4 + 64;
    ByteBuffer bytes = ByteBuffer.allocate(data + samples.length * 4).order(order);
    bytes.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).put(bytes.get(0));
    bytes.putShort((short) 42).putInt(directory).putShort((short) fields.size());
    int free = data - 64;
    for (var field : new java.util.TreeMap<>(fields).entrySet()) {
      int[] values = field.getKey() == TiffTags.STRIP_OFFSETS ? new int[] {data} : field.getValue();
      bytes.putShort(field.getKey().shortValue()).putShort((short) TiffField.LONG);
      bytes.putInt(values.length);
      if (values.length == 1) {
        bytes.putInt(values[0]);
      } else {
        bytes.putInt(free);
        for (int value : values) {
          bytes.putInt(free, value);
          free += 4;
        }
      }
    }
    bytes.putInt(0).position(data);
    for (float sample : samples) {
      bytes.putFloat(sample);
    }
    return Files.write(folder.resolve("in.tif"), bytes.array());
  }

  private static Map<Integer, int[]> grey(int width, int height) {
    Map<Integer, int[]> fields = new java.util.HashMap<>();
    fields.put(TiffTags.WIDTH, new int[] {width});
    fields.put(TiffTags.HEIGHT, new int[] {height});
    fields.put(TiffTags.BITS_PER_SAMPLE, new int[] {32});
    fields.put(TiffTags.COMPRESSION, new int[] {1});
    fields.put(TiffTags.PHOTOMETRIC, new int[] {1});
    fields.put(TiffTags.STRIP_OFFSETS, new int[] {0});
    fields.put(TiffTags.SAMPLES_PER_PIXEL, new int[] {1});
    fields.put(TiffTags.ROWS_PER_STRIP, new int[] {height});
    fields.put(TiffTags.STRIP_BYTE_COUNTS, new int[] {width * height * 4});
    fields.put(TiffTags.SAMPLE_FORMAT, new int[] {3});
    return fields;
  }

  private static Map<Integer, int[]> with(int tag, int... values) {
    Map<Integer, int[]> fields = grey(3, 2);
    fields.put(tag, values);
    return fields;
  }

  private void assertRefused(String words, Map<Integer, int[]> fields) {
    Problem.input(words, () -> TIFF.open(file(ByteOrder.LITTLE_ENDIAN, fields, new float[6])));
  }

  @Test
  void bothByteOrdersAreRead() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      double[][][] samples =
          Pass.samples(file(order, grey(3, 2), 1, -2, 3e30f, 4, Float.POSITIVE_INFINITY, 6));
      assertEquals(-2, samples[0][1][0]);
      assertEquals(3e30f, samples[0][2][0]);
      assertEquals(Double.POSITIVE_INFINITY, samples[1][1][0]);
    }
  }

  @Test
  void valuesOverOneAndNegativeOnesAndAllTypesComeThrough() throws Exception {
    Required.program("oiiotool");
    Path in = folder.resolve("in.tif");
    Path floats = folder.resolve("floats.pfm");
    Path again = folder.resolve("again.tif");
    List<List<String>> ways =
        List.of(
            List.of("-d", "float", "--compression", "none"),
            List.of("-d", "float", "--compression", "zip"),
            List.of("-d", "float", "--compression", "lzw"),
            List.of("-d", "float", "--tile", "64", "64"),
            List.of("-d", "float", "--planarconfig", "separate"),
            List.of("--attrib", "tiff:half", "1", "-d", "half"),
            List.of("--attrib", "tiff:half", "1", "-d", "half", "--tile", "16", "16"));
    for (List<String> way : ways) {
      List<String> command = new java.util.ArrayList<>(List.of(PATTERN));
      command.addAll(way);
      command.addAll(List.of("-o", in.toString()));
      Command.outputOf(command.toArray(String[]::new));
      Pass.convert(in, floats);
      Command.outputOf("oiiotool", in.toString(), floats.toString(), "--fail", "0", "--diff");
      Pass.convert(in, again);
      Command.outputOf("oiiotool", in.toString(), again.toString(), "--fail", "0", "--diff");
    }
  }

  /** A row of the file, 65,536 times: a quarter of a gigabyte in half a megabyte. */
  @Test
  void stripsThatAreMostlyTheSameBytesAreRefused() throws Exception {
    int rows = 1 << 16;
    int width = 1000;
    int lists = 8 + 2 + 10 * 12 + 4;
    int data = lists + 8 * rows;
    ByteBuffer file = ByteBuffer.allocate(data + 4 * width).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 10);
    int[][] fields = {
      {256, 4, 1, width},
      {257, 4, 1, rows},
      {258, 3, 1, 32},
      {259, 3, 1, 1},
      {262, 3, 1, 1},
      {273, 4, rows, lists},
      {277, 3, 1, 1},
      {278, 4, 1, 1},
      {279, 4, rows, lists + 4 * rows},
      {339, 3, 1, 3}
    };
    for (int[] field : fields) {
      file.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]).putInt(field[3]);
    }
    file.putInt(0);
    for (int i = 0; i < 2 * rows; i++) {
      file.putInt(i < rows ? data : 4 * width);
    }
    Path in = Files.write(folder.resolve("in.tif"), file.array());
    Problem.input("has TIFF strips or tiles that overlap: 262144000 bytes", () -> TIFF.open(in));
  }

  /** Deflate packs it by more than a thousand. */
  @Test
  void aBlackPictureIsReadThoughItTakesHardlyAnyBytes() throws Exception {
    Required.program("oiiotool");
    Path in = folder.resolve("in.tif");
    Path out = folder.resolve("out.tif");
    Command.outputOf(
        "oiiotool",
        "--create",
        "4000x1000",
        "3",
        "-d",
        "float",
        "--compression",
        "zip",
        "--attrib",
        "tiff:RowsPerStrip",
        "1000",
        "-o",
        in.toString());
    Pass.convert(in, out);
    Command.outputOf("oiiotool", in.toString(), out.toString(), "--fail", "0", "--diff");
  }

  @Test
  void doublesKeepAllTheirBits() throws Exception {
    Required.program("oiiotool");
    var tiles =
        new TileSource(
            Window.ofSize(60, 40), 16, 8, TileSource.channels(SampleType.FLOAT64, "R", "G", "B"));
    Path ours = folder.resolve("ours.tif");
    Pass.write(tiles, TIFF, ours, Pass.keep(tiles));
    Path theirs = folder.resolve("theirs.tif");
    Command.outputOf(
        "oiiotool",
        ours.toString(),
        "--mulc",
        "1.1",
        "--compression",
        "zip",
        "-d",
        "double",
        "-o",
        theirs.toString());
    Path again = folder.resolve("again.tif");
    Pass.convert(theirs, again);
    try (ImageSource source = TIFF.open(again)) {
      assertEquals(
          SampleType.FLOAT64, source.info().parts().getFirst().channels().getFirst().type());
    }
    assertTrue(Arrays.deepEquals(Pass.samples(theirs), Pass.samples(again)));
    Command.outputOf("oiiotool", theirs.toString(), again.toString(), "--fail", "0", "--diff");
  }

  @Test
  void aTiledPictureOfPlanesIsWrittenWithItsChannelsInTheirPlaces() throws Exception {
    for (String names : List.of("Y", "AY", "BGR", "ABGR")) {
      var tiles =
          new TileSource(
              Window.ofSize(50, 37),
              16,
              8,
              TileSource.channels(SampleType.FLOAT16, names.split("")));
      Path out = folder.resolve("out.tif");
      Pass.write(tiles, TIFF, out, Pass.keep(tiles));
      double[][][] samples = Pass.samples(out);
      String order = new StringBuilder(names).reverse().toString();
      for (int y = 0; y < 37; y++) {
        for (int x = 0; x < 50; x++) {
          for (int c = 0; c < order.length(); c++) {
            assertEquals(TileSource.value(order.substring(c, c + 1), x, y), samples[y][x][c]);
          }
        }
      }
    }
  }

  @Test
  void anExposureSaysSoInItsDescriptionAndOtherFieldsAreKept() throws Exception {
    Required.program("oiiotool");
    Path in = folder.resolve("in.tif");
    List<String> command = new java.util.ArrayList<>(List.of(PATTERN));
    command.addAll(
        List.of(
            "--attrib",
            "ImageDescription",
            "a test",
            "--attrib",
            "Artist",
            "Somebody",
            "--attrib",
            "tiff:half",
            "1",
            "-d",
            "half",
            "-o",
            in.toString()));
    Command.outputOf(command.toArray(String[]::new));
    Path out = folder.resolve("out.tif");
    try (ImageSource source = TIFF.open(in)) {
      Pass.write(source, TIFF, out, Pass.layout(source, SampleType.FLOAT32, Domain.EXPOSURE));
    }
    String told = Command.outputOf("oiiotool", "--info", "-v", out.toString());
    assertTrue(told.contains("stops: domain=exposure origin=float16"), told);
    assertTrue(told.contains("Artist: \"Somebody\""), told);
    try (ImageSource source = TIFF.open(out)) {
      ImageInfo info = source.info();
      assertEquals(Domain.EXPOSURE, info.domain());
      assertEquals(SampleType.FLOAT16, info.origins().get("G"));
      Pass.write(source, TIFF, in, Pass.keep(source));
    }
    try (ImageSource source = TIFF.open(in)) {
      assertEquals(Domain.INTENSITY, source.info().domain());
      var attributes = source.info().parts().getFirst().attributes();
      assertEquals("a test", attributes.get("ImageDescription"));
    }
  }

  @Test
  void aFileOverFourGibibytesIsBig() {
    byte[] header = new TiffHeader(40_000, 40_000, 3, 4, List.of()).write();
    assertEquals(43, header[2]);
    assertEquals(0, header.length % 64);
    assertEquals(42, new TiffHeader(40, 40, 3, 4, List.of()).write()[2]);
  }

  @Test
  void aBigFileIsReadAndWritten() throws Exception {
    // The form only; the size is tested above.
    var tiles =
        new TileSource(
            Window.ofSize(60, 40), 16, 8, TileSource.channels(SampleType.FLOAT32, "R", "G", "B"));
    Path out = folder.resolve("out.tif");
    Pass.write(tiles, TIFF, out, Pass.keep(tiles));
    byte[] small = Files.readAllBytes(out);
    try (InputFile file = InputFile.open(out)) {
      TiffDirectory directory = TiffDirectory.read(file);
      int data = (int) directory.number(TiffTags.STRIP_OFFSETS, 0);
      ByteBuffer big = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
      big.put((byte) 'I').put((byte) 'I').putShort((short) 43).putShort((short) 8);
      big.putShort((short) 0).putLong(16).putLong(directory.fields().size());
      for (TiffField field : directory.fields().values()) {
        boolean offset = field.tag() == TiffTags.STRIP_OFFSETS;
        big.putShort((short) field.tag()).putShort((short) (offset ? 16 : field.type()));
        big.putLong(field.count());
        int next = big.position() + 8;
        if (offset) {
          big.putLong(4096);
        } else {
          big.put(field.bytes().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        }
        big.position(next);
      }
      java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
      all.writeBytes(big.array());
      all.write(small, data, small.length - data);
      Path in = Files.write(folder.resolve("big.tif"), all.toByteArray());
      assertTrue(Arrays.deepEquals(Pass.samples(out), Pass.samples(in)));
    }
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    assertRefused(
        "8-bit integers",
        with(TiffTags.SAMPLE_FORMAT, 1).entrySet().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    e -> e.getKey(),
                    e -> e.getKey() == TiffTags.BITS_PER_SAMPLE ? new int[] {8} : e.getValue())));
    assertRefused("24-bit floating", with(TiffTags.BITS_PER_SAMPLE, 24));
    assertRefused("compression 7", with(TiffTags.COMPRESSION, 7));
    assertRefused("predictor 2", with(TiffTags.PREDICTOR, 2));
    assertRefused("orientation 6", with(TiffTags.ORIENTATION, 6));
    assertRefused("photometric interpretation 32845", with(TiffTags.PHOTOMETRIC, 32845));
    assertRefused("with 5 channels", with(TiffTags.SAMPLES_PER_PIXEL, 5));
  }

  @Test
  void claimsThatDoNotFitTheFileAreErrorsAtOnce() {
    assertRefused("does not fit", with(TiffTags.WIDTH, Integer.MAX_VALUE));
    assertRefused("claims", with(TiffTags.HEIGHT, 0));
    assertRefused("without a size", with(TiffTags.ROWS_PER_STRIP, 0));
    assertRefused("does not fit", with(TiffTags.STRIP_BYTE_COUNTS, 100_000));
    assertRefused("does not fit", with(TiffTags.STRIP_BYTE_COUNTS, 23));
    assertRefused("no list", with(TiffTags.STRIP_BYTE_COUNTS, 1, 2));
  }

  @Test
  void everyTruncationIsAnErrorAndRandomDamageAnErrorOrAPicture() throws Exception {
    var tiles =
        new TileSource(
            Window.ofSize(20, 9), 16, 8, TileSource.channels(SampleType.FLOAT32, "R", "G", "B"));
    Path out = folder.resolve("out.tif");
    Pass.write(tiles, TIFF, out, Pass.keep(tiles));
    byte[] good = Files.readAllBytes(out);
    Path bad = folder.resolve("bad.tif");
    for (int length = 1; length < good.length; length += 7) {
      Files.write(bad, Arrays.copyOf(good, length));
      Problem.input("", () -> TIFF.open(bad));
    }
    Random random = new Random(9);
    int pictures = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = good.clone();
      for (int k = 0; k <= i % 3; k++) {
        damaged[4 + random.nextInt(250)] = (byte) random.nextInt();
      }
      Files.write(bad, damaged);
      try (ImageSource source = TIFF.open(bad)) {
        Pass.samples(source);
        pictures++;
      } catch (ImageException e) {
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      }
    }
    assertTrue(pictures > 0);
  }

  @Test
  void damagedSamplesAreAnErrorAndNoPicture() throws Exception {
    Required.program("oiiotool");
    Path in = folder.resolve("in.tif");
    Random random = new Random(10);
    for (String compression : List.of("zip", "lzw")) {
      List<String> command = new java.util.ArrayList<>(List.of(PATTERN));
      command.addAll(List.of("-d", "float", "--compression", compression, "-o", in.toString()));
      Command.outputOf(command.toArray(String[]::new));
      byte[] good = Files.readAllBytes(in);
      for (int i = 0; i < 100; i++) {
        byte[] damaged = good.clone();
        for (int k = 0; k < 20; k++) {
          damaged[100 + random.nextInt(good.length - 600)] = (byte) random.nextInt();
        }
        Files.write(in, damaged);
        try (ImageSource source = TIFF.open(in)) {
          Pass.samples(source);
        } catch (ImageException e) {
          assertEquals(1, String.valueOf(e.getMessage()).lines().count());
        }
      }
    }
  }

  @Test
  void aTruncatedCodeIsAnErrorAndNoPicture() throws Exception {
    Required.program("oiiotool");
    for (String compression : List.of("zip", "lzw")) {
      Path in = folder.resolve("in.tif");
      List<String> command = new java.util.ArrayList<>(List.of(PATTERN));
      command.addAll(List.of("-d", "float", "--compression", compression, "-o", in.toString()));
      Command.outputOf(command.toArray(String[]::new));
      byte[] bytes = Files.readAllBytes(in);
      try (InputFile file = InputFile.open(in)) {
        TiffField offsets =
            java.util.Objects.requireNonNull(TiffDirectory.read(file).get(TiffTags.STRIP_OFFSETS));
        TiffField counts =
            java.util.Objects.requireNonNull(
                TiffDirectory.read(file).get(TiffTags.STRIP_BYTE_COUNTS));
        // The list of lengths says that the second strip ends after half of it.
        long where = find(bytes, (int) counts.number(1));
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) where, (int) counts.number(1) / 2);
        assertTrue(offsets.count() > 1);
      }
      Path cut = Files.write(folder.resolve("cut.tif"), bytes);
      Problem.input("", () -> Pass.samples(cut));
    }
  }

  private static long find(byte[] bytes, int number) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = bytes.length - 4; at >= 0; at--) {
      if (buffer.getInt(at) == number) {
        return at;
      }
    }
    throw new AssertionError("no " + number);
  }

  @Test
  void channelsWithoutAConventionAreRefused() {
    var odd =
        new TileSource(Window.ofSize(4, 4), 4, 4, List.of(Channel.of("R", SampleType.FLOAT32)));
    Problem.output(
        "channels R; choose .exr",
        () -> TIFF.create(folder.resolve("out.tif"), odd, Pass.keep(odd)));
  }
}
