package stops.format.radiance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;
import stops.engine.SampleType;
import stops.format.Pass;
import stops.format.Problem;
import stops.format.TileSource;
import stops.format.pfm.PfmFormat;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Strip;
import stops.image.Window;

class RadianceFormatTest {
  private static final RadianceFormat HDR = new RadianceFormat();
  private static final String START = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n";

  @TempDir Path folder;

  private Path file(String header, int... bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    for (int value : bytes) {
      out.write(value);
    }
    return Files.write(folder.resolve("in.hdr"), out.toByteArray());
  }

  /** Every strip takes all columns, so there is to be memory for strips of many rows. */
  @Test
  void columnsAreNotDecodedForEachFewRows() throws Exception {
    int height = 8000;
    int width = 100;
    ByteArrayOutputStream column = new ByteArrayOutputStream();
    column.writeBytes(new byte[] {2, 2, (byte) (height >> 8), (byte) height});
    for (int component = 0; component < 4; component++) {
      for (int row = 0; row < height; row += 125) {
        column.write(128 + 125);
        column.write(100);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head = START + "+X " + width + " -Y " + height + "\n";
    out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    for (int x = 0; x < width; x++) {
      out.writeBytes(column.toByteArray());
    }
    Path in = Files.write(folder.resolve("in.hdr"), out.toByteArray());
    Problem.input(
        "of memory for rows that are stored together",
        () -> HDR.open(in, new MemoryBound(1 << 20)));
    try (ImageSource source = HDR.open(in, new MemoryBound(16 << 20))) {
      assertTrue(source.strips() <= 16, source.strips() + " strips");
    }
  }

  /** A picture of random pixels with runs, in the new code where the width allows it. */
  private Path random(int width, int height, String header) throws Exception {
    Random random = new Random(width);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        (header + "-Y " + height + " +X " + width + "\n").getBytes(StandardCharsets.ISO_8859_1));
    RadianceRuns runs = new RadianceRuns(width);
    byte[] line = new byte[width * 4];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (x > 0 && random.nextInt(3) > 0) {
          System.arraycopy(line, x * 4 - 4, line, x * 4, 4);
        } else {
          line[x * 4] = (byte) (128 + random.nextInt(128));
          line[x * 4 + 1] = (byte) random.nextInt(256);
          line[x * 4 + 2] = (byte) random.nextInt(256);
          line[x * 4 + 3] = (byte) (1 + random.nextInt(255));
        }
      }
      out.writeBytes(
          RadianceRuns.fits(width) ? Arrays.copyOf(runs.bytes(), runs.encode(line, width)) : line);
    }
    return Files.write(folder.resolve("random.hdr"), out.toByteArray());
  }

  @Test
  void pixelsAreMantissasTimesAPowerOfTwo() throws Exception {
    Path file =
        file(START + "-Y 1 +X 4\n", 128, 64, 0, 129, 255, 1, 0, 255, 1, 2, 3, 1, 9, 9, 9, 0);
    double[][][] samples = Pass.samples(file);
    assertArrayEquals(new double[] {1, 0.5, 0}, samples[0][0]);
    assertArrayEquals(new double[] {255 * 0x1p119, 0x1p119, 0}, samples[0][1]);
    assertArrayEquals(new double[] {0x1p-135, 0x1p-134, 3 * 0x1p-135}, samples[0][2]);
    assertArrayEquals(new double[] {0, 0, 0}, samples[0][3]);
  }

  @Test
  void allEightOrientationsShowTheSamePicture() throws Exception {
    // Red numbers the pixels: 128, 129, 130 in the upper row, 131, 132, 133 in the lower one.
    int[][] orders = {
      {0, 1, 2, 3, 4, 5}, {2, 1, 0, 5, 4, 3}, {3, 4, 5, 0, 1, 2}, {5, 4, 3, 2, 1, 0},
      {0, 3, 1, 4, 2, 5}, {3, 0, 4, 1, 5, 2}, {2, 5, 1, 4, 0, 3}, {5, 2, 4, 1, 3, 0}
    };
    String[] resolutions = {
      "-Y 2 +X 3", "-Y 2 -X 3", "+Y 2 +X 3", "+Y 2 -X 3",
      "+X 3 -Y 2", "+X 3 +Y 2", "-X 3 -Y 2", "-X 3 +Y 2"
    };
    double[][][] first = null;
    for (int i = 0; i < orders.length; i++) {
      int[] bytes = new int[24];
      for (int k = 0; k < 6; k++) {
        bytes[k * 4] = 128 + orders[i][k];
        bytes[k * 4 + 3] = 136;
      }
      Path file = file(START + resolutions[i] + "\n", bytes);
      double[][][] samples = Pass.samples(file);
      assertEquals(128, samples[0][0][0], resolutions[i]);
      assertEquals(133, samples[1][2][0], resolutions[i]);
      first = first == null ? samples : first;
      assertTrue(Arrays.deepEquals(first, samples), resolutions[i]);
      Path out = folder.resolve("out.hdr");
      Pass.convert(file, out);
      assertTrue(Arrays.deepEquals(first, Pass.samples(out)), resolutions[i]);
      assertTrue(Files.readString(out, StandardCharsets.ISO_8859_1).contains("\n\n-Y 2 +X 3\n"));
    }
  }

  @Test
  void theOldRunLengthCodeIsRead() throws Exception {
    // A pixel, 2 more of it, another pixel, then 1 + 1 · 256 more of that.
    Path file =
        file(
            START + "-Y 1 +X 261\n",
            128,
            0,
            0,
            136,
            1,
            1,
            1,
            2,
            200,
            0,
            0,
            136,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1);
    double[][][] samples = Pass.samples(file);
    for (int x = 0; x < 261; x++) {
      assertEquals(x < 3 ? 128 : 200, samples[0][x][0]);
    }
  }

  @Test
  void theNewRunLengthCodeIsRead() throws Exception {
    Path file =
        file(
            START + "-Y 1 +X 8\n",
            2,
            2,
            0,
            8,
            8,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            128 + 8,
            9,
            128 + 3,
            4,
            5,
            1,
            1,
            1,
            1,
            1,
            128 + 8,
            136);
    double[][][] samples = Pass.samples(file);
    assertArrayEquals(new double[] {1, 9, 4}, samples[0][0]);
    assertArrayEquals(new double[] {8, 9, 1}, samples[0][7]);
  }

  @Test
  void whatIsWrittenFromAFileIsTheSameFile() throws Exception {
    String header = "#?RGBE\n# made by hand\nFORMAT=32-bit_rle_rgbe\nVIEW= -vtv\nEXPOSURE=4\n\n";
    for (int width : new int[] {1, 7, 8, 13, 128, 1000}) {
      Path in = random(width, 700, header);
      Path out = folder.resolve("out.hdr");
      Pass.convert(in, out);
      assertArrayEquals(Files.readAllBytes(in), Files.readAllBytes(out), "width " + width);
    }
  }

  @Test
  void exposureLinesMultiplyAndAreTakenOut() throws Exception {
    String header = "#?RADIANCE\nEXPOSURE=2\nFORMAT=32-bit_rle_rgbe\nEXPOSURE= 8.0\n\n-Y 1 +X 1\n";
    Path file = file(header, 128, 0, 0, 136);
    assertEquals(8, Pass.samples(file)[0][0][0]);
    try (ImageSource source = HDR.open(file)) {
      assertEquals("2, 8.0", source.info().parts().getFirst().attributes().get("EXPOSURE"));
      // Elsewhere the line is gone, and the intensity stays.
      Path out = folder.resolve("out.pfm");
      Pass.write(source, new PfmFormat(), out, Pass.keep(source));
      assertEquals(8, Pass.samples(out)[0][0][0]);
    }
    String unknown = header.replace("=2\n", "=0\n").replace("8.0", "0.0");
    assertEquals(128, Pass.samples(file(unknown, 128, 0, 0, 136))[0][0][0]);
    try (ImageSource source = HDR.open(file)) {
      assertEquals(List.of("an EXPOSURE or COLORCORR of 0 counts as 1"), source.notes());
    }
    for (String bad : List.of("-1", "x", "NaN", "1e999", "", "0,5", "0x1p3", "2f")) {
      String damaged = header.replace("=2\n", "=" + bad + "\n");
      Problem.input("EXPOSURE", () -> HDR.open(file(damaged, 128, 0, 0, 136)));
    }
  }

  @Test
  void coloursAreCorrectedChannelByChannelAndAsBeforeInTheSameFormat() throws Exception {
    String lines = "EXPOSURE=4\nCOLORCORR=2 1 .5\nEXPOSURE=0.5\nCOLORCORR= 1  2  1\n";
    String header = "#?RADIANCE\n" + lines + "FORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n";
    Path file = file(header, 128, 128, 128, 136);
    assertArrayEquals(new double[] {32, 32, 128}, Pass.samples(file)[0][0]);
    Path out = folder.resolve("out.hdr");
    Pass.convert(file, out);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(out));
    String bad = header.replace("2 1 .5", "2 1");
    Problem.input("COLORCORR", () -> HDR.open(file(bad, 128, 0, 0, 136)));
  }

  @Test
  void headersThatRadianceTakesAreRead() throws Exception {
    for (String header :
        List.of(
            "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y  1  +X   1\n",
            "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n -Y1 +X\t1 \r\n",
            "#?RGBE\n# by hand\n\n-Y 1 +X 1\n",
            "#?RADIANCE\r\nFORMAT=32-bit_rle_rgbe\r\n\r\n-Y 1 +X 1\n",
            "#?AUTOPANO\nSOFTWARE=x\n\n-Y 1 +X 1\n",
            "FORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n")) {
      Path file = file(header, 128, 0, 0, 136);
      assertEquals(128, Pass.samples(file)[0][0][0], header);
      Path out = folder.resolve("out.hdr");
      Pass.convert(file, out);
      Required.success("oiiotool", "--help");
      assertTrue(Command.outputOf("oiiotool", "--stats", out + "").contains("128.0"), header);
    }
  }

  @Test
  void whatFollowsThePictureIsNotedAndLeftAlone() throws Exception {
    Path file = file(START + "-Y 1 +X 1\n", 128, 0, 0, 136, 0);
    try (ImageSource source = HDR.open(file)) {
      assertEquals(128, Pass.samples(source)[0][0][0]);
      assertTrue(source.notes().getFirst().startsWith("1 byte follows behind the samples"));
    }
  }

  @Test
  void xyzeHasTheChannelsXyzAndIsWrittenAsSuch() throws Exception {
    Path file = file("#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\n", 128, 2, 0, 136);
    try (ImageSource source = HDR.open(file)) {
      var channels = source.info().parts().getFirst().channels();
      assertEquals(List.of("X", "Y", "Z"), channels.stream().map(c -> c.name()).toList());
    }
    var tiles =
        new TileSource(
            Window.ofSize(9, 9), 4, 4, TileSource.channels(SampleType.FLOAT16, "X", "Y", "Z"));
    Path out = folder.resolve("out.hdr");
    Pass.write(tiles, HDR, out, Pass.keep(tiles));
    assertTrue(Files.readString(out, StandardCharsets.ISO_8859_1).contains("rle_xyze"));
  }

  @Test
  void aTiledPictureOfPlanesIsWrittenWithItsChannelsInTheirPlaces() throws Exception {
    Window window = new Window(-2, 3, 48, 39);
    var tiles =
        new TileSource(window, 16, 8, TileSource.channels(SampleType.FLOAT16, "B", "G", "R"));
    Path out = folder.resolve("out.hdr");
    Pass.write(tiles, HDR, out, Pass.keep(tiles));
    double[][][] samples = Pass.samples(out);
    for (int y = 0; y < window.height(); y++) {
      for (int x = 0; x < window.width(); x++) {
        for (int c = 0; c < 3; c++) {
          double wanted = TileSource.value("RGB".substring(c, c + 1), x, y);
          assertEquals(wanted, samples[y][x][c], 0x1p-8 * 1.02 * wanted);
        }
      }
    }
  }

  @Test
  void encodingRoundsToNearestAndCountsWhatItCannotHold() {
    Rgbe rgbe = new Rgbe();
    byte[] pixel = new byte[4];
    rgbe.encode(1, 0.5 / 128, 1.5 / 128, pixel, 0);
    assertArrayEquals(new byte[] {(byte) 128, 0, 2, (byte) 129}, pixel);
    rgbe.encode(255.5, 0, 0, pixel, 0);
    assertArrayEquals(new byte[] {(byte) 128, 0, 0, (byte) 137}, pixel);
    rgbe.encode(0x1p-128, 0, 0, pixel, 0);
    assertArrayEquals(new byte[] {(byte) 128, 0, 0, 1}, pixel);
    assertEquals("", rgbe.losses());
    rgbe.encode(0x1p-130, 0, 0, pixel, 0);
    assertArrayEquals(new byte[4], pixel);
    rgbe.encode(-1, Double.NEGATIVE_INFINITY, Double.NaN, pixel, 0);
    assertArrayEquals(new byte[4], pixel);
    rgbe.encode(Double.POSITIVE_INFINITY, 0, 0x1p126, pixel, 0);
    assertArrayEquals(new byte[] {-1, 0, (byte) 128, -1}, pixel);
    String losses = rgbe.losses();
    assertTrue(losses.contains("2 negative"), losses);
    assertTrue(losses.contains("1 NaN"), losses);
    assertTrue(losses.contains("1 samples over"), losses);
    assertTrue(losses.contains("1 pixels under"), losses);
  }

  @Test
  void theErrorOfEncodingIsAtMostHalfAStepOfTheLargestChannel() {
    Rgbe rgbe = new Rgbe();
    byte[] pixel = new byte[4];
    Random random = new Random(7);
    double worst = 0;
    for (int i = 0; i < 1_000_000; i++) {
      double[] values = new double[3];
      for (int c = 0; c < 3; c++) {
        values[c] = random.nextDouble() * Math.scalb(1.0, random.nextInt(250) - 125);
      }
      rgbe.encode(values[0], values[1], values[2], pixel, 0);
      double max = Arrays.stream(values).max().orElseThrow();
      for (int c = 0; c < 3; c++) {
        double back = Rgbe.decode(pixel[c] & 0xff, pixel[3] & 0xff);
        worst = Math.max(worst, Math.abs(back - values[c]) / max);
      }
    }
    assertEquals("", rgbe.losses());
    assertTrue(worst <= 0x1p-8, "worst " + worst);
    assertTrue(worst > 0.99 * 0x1p-8, "the bound is tight: " + worst);
  }

  @Test
  void whatItCannotHoldIsRefusedByName() {
    var tiles =
        new TileSource(
            Window.ofSize(4, 4), 4, 4, TileSource.channels(SampleType.FLOAT32, "R", "G", "B"));
    Path out = folder.resolve("out.hdr");
    Problem.output(
        "no exposures; choose .exr",
        () -> HDR.create(out, tiles, Pass.layout(tiles, null, Domain.EXPOSURE)));
    var grey =
        new TileSource(Window.ofSize(4, 4), 4, 4, TileSource.channels(SampleType.FLOAT32, "Y"));
    Problem.output("channels Y", () -> HDR.create(out, grey, Pass.keep(grey)));
  }

  @Test
  void stripsCanBeReadInAnyOrder() throws Exception {
    Path file = random(1000, 900, START);
    for (String resolution : List.of("-Y 900 +X 1000", "+Y 900 +X 1000")) {
      byte[] bytes =
          Files.readString(file, StandardCharsets.ISO_8859_1)
              .replace("-Y 900 +X 1000", resolution)
              .getBytes(StandardCharsets.ISO_8859_1);
      Path turned = Files.write(folder.resolve("turned.hdr"), bytes);
      try (ImageSource source = HDR.open(turned);
          Arena arena = Arena.ofConfined()) {
        assertTrue(source.strips() > 2);
        double[][][] all = Pass.samples(source);
        Strip last = source.read(source.strips() - 1, arena);
        assertEquals(899, last.window().yMax());
        float corner = last.planes().getFirst().samples().get(Pass.FLOAT, 0);
        assertEquals(all[last.window().yMin()][0][0], corner);
      }
      assertEquals(
          Pass.samples(file)[0][3][1],
          Pass.samples(turned)[resolution.startsWith("+") ? 899 : 0][3][1]);
    }
  }

  @Test
  void claimsThatDoNotFitTheFileAreErrorsAtOnce() throws Exception {
    int[] bytes = new int[300];
    for (String size :
        List.of(
            "-Y 2147483647 +X 2147483647",
            "-Y 1 +X 2147483647",
            "-Y 76 +X 1",
            "+X 76 -Y 1",
            "-Y 1 +X 262145")) {
      Problem.input("claims", () -> HDR.open(file(START + size + "\n", bytes)));
    }
    for (String size : List.of("", "-Y 1", "-Y 1 +X 0", "-Y 1 +Y 1", "-Y 1 +X 9999999999", "1 2")) {
      Problem.input("resolution", () -> HDR.open(file(START + size + "\n", bytes)));
    }
    Problem.input("no end", () -> HDR.open(file("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n")));
    Problem.input(
        "format 16-bit", () -> HDR.open(file("#?RADIANCE\nFORMAT=16-bit\n\n-Y 1 +X 1\n", bytes)));
  }

  @Test
  void brokenScanlinesAreErrorsWithTheirPlace() throws Exception {
    String size = "-Y 1 +X 8\n";
    int at = (START + size).length();
    Problem.input("instead of 8 at offset " + at, () -> HDR.open(file(START + size, 2, 2, 0, 9)));
    Problem.input(
        "does not fit at offset " + (at + 4), () -> HDR.open(file(START + size, 2, 2, 0, 8, 0, 0)));
    Problem.input(
        "does not fit at offset " + (at + 4),
        () -> HDR.open(file(START + size, 2, 2, 0, 8, 137, 0)));
    Problem.input("ends within a scanline", () -> HDR.open(file(START + size, 2, 2, 0, 8, 136, 0)));
    Problem.input("does not fit", () -> HDR.open(file(START + size, 1, 1, 1, 1)));
    Problem.input("does not fit", () -> HDR.open(file(START + size, 9, 1, 1, 9, 1, 1, 1, 8)));
  }

  @Test
  void everyTruncationIsAnErrorAndRandomDamageAnErrorOrAPicture() throws Exception {
    byte[] good = Files.readAllBytes(random(20, 6, START));
    Path bad = folder.resolve("bad.hdr");
    for (int length = 1; length < good.length; length++) {
      Files.write(bad, Arrays.copyOf(good, length));
      Problem.input("", () -> HDR.open(bad));
    }
    Random random = new Random(8);
    for (int i = 0; i < 1500; i++) {
      byte[] damaged = good.clone();
      for (int k = 0; k <= i % 4; k++) {
        damaged[2 + random.nextInt(good.length - 2)] = (byte) random.nextInt();
      }
      Files.write(bad, damaged);
      try (ImageSource source = HDR.open(bad)) {
        Pass.samples(source);
      } catch (ImageException e) {
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      }
    }
  }

  @Test
  void openImageIoReadsWhatIsWrittenAndTheOtherWayRound() throws Exception {
    Required.program("oiiotool");
    Path theirs = folder.resolve("theirs.hdr");
    Command.outputOf(
        "oiiotool",
        "--pattern",
        "fill:topleft=0,.1,2:topright=400,5,6:bottomleft=.001,.9,10:bottomright=12,13,14",
        "300x40",
        "3",
        "-d",
        "float",
        "-o",
        theirs.toString());
    Path ours = folder.resolve("ours.hdr");
    Pass.convert(theirs, ours);
    Command.outputOf("oiiotool", theirs.toString(), ours.toString(), "--fail", "0", "--diff");
    // A PFM of what is read here is, to them, the same picture.
    Path floats = folder.resolve("floats.pfm");
    Pass.convert(theirs, floats);
    Command.outputOf("oiiotool", theirs.toString(), floats.toString(), "--fail", "0", "--diff");
    // Uncoded pixels too, in a picture too narrow for the code.
    Path narrow = random(5, 20, START);
    Pass.convert(narrow, ours);
    Pass.convert(narrow, floats);
    Command.outputOf("oiiotool", ours.toString(), floats.toString(), "--fail", "0", "--diff");
  }
}
