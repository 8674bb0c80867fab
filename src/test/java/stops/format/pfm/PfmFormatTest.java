package stops.format.pfm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;
import stops.engine.SampleType;
import stops.format.Pass;
import stops.format.Problem;
import stops.format.TileSource;
import stops.format.npy.NpyFormat;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Window;

class PfmFormatTest {
  private static final PfmFormat PFM = new PfmFormat();

  @TempDir Path folder;

  private Path file(String header, ByteOrder order, float... samples) throws Exception {
    ByteBuffer data = ByteBuffer.allocate(samples.length * 4).order(order);
    for (float sample : samples) {
      data.putFloat(sample);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(data.array());
    return Files.write(folder.resolve("in.pfm"), out.toByteArray());
  }

  @Test
  void rowsAreGivenFromTheTop() throws Exception {
    Path little = file("PF\n1 2\n-1.0\n", ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6);
    assertArrayEquals(new double[][][] {{{4, 5, 6}}, {{1, 2, 3}}}, Pass.samples(little));
    Path big = file("Pf 2 2 1\n", ByteOrder.BIG_ENDIAN, 1, 2, 3, 4);
    assertArrayEquals(new double[][][] {{{3}, {4}}, {{1}, {2}}}, Pass.samples(big));
  }

  @Test
  void theScaleMultiplies() throws Exception {
    Path file = file("Pf\n2 1\n-0.25\n", ByteOrder.LITTLE_ENDIAN, 8, -2);
    assertArrayEquals(new double[][][] {{{2}, {-0.5}}}, Pass.samples(file));
    try (ImageSource source = PFM.open(file)) {
      assertEquals("0.25", source.info().parts().getFirst().attributes().get("scale"));
    }
  }

  @Test
  void headersThatOtherProgramsWriteAreRead() throws Exception {
    for (String header :
        List.of(
            "Pf\r\n2 1\r\n-1\r\n",
            "Pf\n# made by hand\n2 1\n-1.000000\n",
            "Pf\t2\n1\n-1e0 ",
            "Pf 2 1 -1.\n")) {
      Path file = file(header, ByteOrder.LITTLE_ENDIAN, 8, -2);
      assertArrayEquals(new double[][][] {{{8}, {-2}}}, Pass.samples(file), header);
    }
  }

  @Test
  void aPictureOfManyStripsKeepsAllItsBits() throws Exception {
    byte[] data = new byte[1000 * 701 * 12];
    new Random(5).nextBytes(data);
    byte[] header = "PF\n1000 701\n-1.0\n".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header);
    all.writeBytes(data);
    Path in = Files.write(folder.resolve("in.pfm"), all.toByteArray());
    Path out = folder.resolve("out.pfm");
    try (ImageSource source = PFM.open(in)) {
      assertTrue(source.strips() > 2);
      assertEquals(List.of(), Pass.write(source, PFM, out, Pass.keep(source)));
    }
    assertArrayEquals(all.toByteArray(), Files.readAllBytes(out));
  }

  @Test
  void aTiledPictureOfPlanesIsWrittenWithItsChannelsInTheirPlaces() throws Exception {
    var tiles =
        new TileSource(
            Window.ofSize(45, 37), 16, 8, TileSource.channels(SampleType.FLOAT16, "B", "G", "R"));
    Path out = folder.resolve("out.pfm");
    Pass.write(tiles, PFM, out, Pass.keep(tiles));
    double[][][] samples = Pass.samples(out);
    for (int y = 0; y < 37; y++) {
      for (int x = 0; x < 45; x++) {
        for (int c = 0; c < 3; c++) {
          assertEquals(TileSource.value("RGB".substring(c, c + 1), x, y), samples[y][x][c]);
        }
      }
    }
  }

  @Test
  void interleavedHalvesAreWidened() throws Exception {
    var tiles =
        new TileSource(
            Window.ofSize(45, 37), 16, 8, TileSource.channels(SampleType.FLOAT16, "R", "G", "B"));
    Path halves = folder.resolve("halves.npy");
    Pass.write(tiles, new NpyFormat(), halves, Pass.keep(tiles));
    Path out = folder.resolve("out.pfm");
    Pass.convert(halves, out);
    assertTrue(Arrays.deepEquals(Pass.samples(halves), Pass.samples(out)));
  }

  @Test
  void whatItCannotHoldIsRefusedByName() {
    Path out = folder.resolve("out.pfm");
    var alpha =
        new TileSource(
            Window.ofSize(4, 4), 4, 4, TileSource.channels(SampleType.FLOAT32, "R", "G", "B", "A"));
    Problem.output(
        "channels R, G, B, A; choose .exr", () -> PFM.create(out, alpha, Pass.keep(alpha)));
    var wide =
        new TileSource(Window.ofSize(4, 4), 4, 4, TileSource.channels(SampleType.FLOAT64, "Y"));
    Problem.output("float64", () -> PFM.create(out, wide, Pass.keep(wide)));
  }

  @Test
  void anExposureIsWrittenWithANoteSinceTheFileCannotSayIt() throws Exception {
    Path in = file("Pf\n2 1\n-1\n", ByteOrder.LITTLE_ENDIAN, 8, -2);
    try (ImageSource source = PFM.open(in)) {
      List<String> notes =
          Pass.write(
              source, PFM, folder.resolve("out.pfm"), Pass.layout(source, null, Domain.EXPOSURE));
      assertTrue(notes.toString().contains("does not say"), notes.toString());
    }
  }

  @Test
  void aBrokenHeaderIsAnErrorWithItsPlace() throws Exception {
    for (String header :
        List.of(
            "Pf\n",
            "Pf\n2",
            "Pf\n2 1\n",
            "Pf\n0 1\n-1\n",
            "Pf\n-2 1\n-1\n",
            "Pf\n2 1\n0\n",
            "Pf\n2 1\nnan\n",
            "Pf\n2 1\n1e99\n",
            "Pf\n2 1\n1e\n",
            "Pf\n99999999999 1\n-1\n",
            "Pf\n" + "1".repeat(5000),
            "Pf\n#" + " ".repeat(5000))) {
      Problem.input("offset", () -> PFM.open(file(header, ByteOrder.LITTLE_ENDIAN)));
    }
    Problem.input(
        "claims 2147483647 × 2147483647 pixels",
        () -> PFM.open(file("PF\n2147483647 2147483647\n-1\n", ByteOrder.LITTLE_ENDIAN, 1, 2)));
    Problem.input(
        "claims 2 × 1", () -> PFM.open(file("Pf\n2 1\n-1\n", ByteOrder.LITTLE_ENDIAN, 1)));
  }

  @Test
  void whatFollowsThePictureIsNotedAndLeftAlone() throws Exception {
    for (String header : List.of("Pf\n2 1\n-1\n", "Pf\r\n2 1\r\n-1\r\n", "Pf 2  1\t-1 ")) {
      Path file = file(header, ByteOrder.LITTLE_ENDIAN, 8, -2, 3);
      assertArrayEquals(new double[][][] {{{8}, {-2}}}, Pass.samples(file), header);
      try (ImageSource source = PFM.open(file)) {
        assertEquals(
            List.of(
                String.format(
                    Locale.ROOT,
                    "4 bytes follow behind the samples, from offset %d on; not read, and not kept",
                    header.length() + 8)),
            source.notes());
      }
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
      assertArrayEquals(new double[][][] {{{8}, {-2}}}, Pass.samples(file), header);
    }
  }

  @Test
  void commentsAreNamedByWhatDoesNotKeepThem() throws Exception {
    Path file = file("Pf\n# made by hand\n2 1\n-1\n", ByteOrder.LITTLE_ENDIAN, 8, -2);
    List<String> notes = Pass.convert(file, folder.resolve("out.pfm"));
    assertEquals(List.of("not kept of the source: # made by hand"), notes);
  }

  @Test
  void randomDamageIsAnErrorOrAPicture() throws Exception {
    byte[] good =
        Files.readAllBytes(file("PF\n2 2\n-1.0\n", ByteOrder.LITTLE_ENDIAN, new float[12]));
    Random random = new Random(6);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int k = 0; k <= i % 3; k++) {
        bad[2 + random.nextInt(12)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("bad.pfm"), bad);
      try (ImageSource source = PFM.open(file)) {
        Pass.samples(source);
      } catch (ImageException e) {
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      }
    }
  }

  @Test
  void openImageIoReadsTheSameSamples() throws Exception {
    Required.program("oiiotool");
    var tiles =
        new TileSource(
            Window.ofSize(5, 37), 16, 8, TileSource.channels(SampleType.FLOAT32, "R", "G", "B"));
    Path out = folder.resolve("out.pfm");
    Pass.write(tiles, PFM, out, Pass.keep(tiles));
    String dump = Command.outputOf("oiiotool", "--info", "--dumpdata", out.toString());
    for (int y = 0; y < 37; y++) {
      for (int x = 0; x < 5; x++) {
        String pixel = String.format(Locale.ROOT, "Pixel (%d, %d): ", x, y);
        String line =
            dump.substring(dump.indexOf(pixel) + pixel.length()).lines().findFirst().orElse("");
        String[] numbers = line.strip().split(" +", -1);
        for (int c = 0; c < 3; c++) {
          double value = TileSource.value("RGB".substring(c, c + 1), x, y);
          assertEquals(value, Double.parseDouble(numbers[c]), 1e-9, pixel);
        }
      }
    }
    Path scaled = file("Pf\n1 1\n-3.0\n", ByteOrder.LITTLE_ENDIAN, 5);
    String stats = Command.outputOf("oiiotool", "--stats", scaled.toString());
    assertTrue(stats.contains("15.0"), stats);
    assertEquals(15, Pass.samples(scaled)[0][0][0]);
  }
}
