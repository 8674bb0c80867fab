package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;

/** {@code stops adjust} as a user runs it; what it writes is read by OpenImageIO. */
class AdjustIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  private static Program.Result run(int status, Object... words) throws Exception {
    String[] texts = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = words[i].toString();
    }
    Program.Result result = Program.packaged().run(texts);
    assertEquals(status, result.status(), result::toString);
    return result;
  }

  /** The samples of R, G and B, as OpenImageIO reads them, by way of a TIFF file. */
  private float[] samples(Path picture) throws Exception {
    Path tiff = folder.resolve("read.tif");
    Files.deleteIfExists(tiff);
    String unused =
        Command.outputOf(
            "oiiotool",
            picture.toString(),
            "--ch",
            "R,G,B",
            "-d",
            "float",
            "--compression",
            "none",
            "-o",
            tiff.toString());
    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    try (ImageInputStream stream = ImageIO.createImageInputStream(tiff.toFile())) {
      reader.setInput(stream);
      Raster raster = reader.readRaster(0, null);
      return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (float[]) null);
    } finally {
      reader.dispose();
    }
  }

  private static int different(float[] one, float[] two) {
    assertEquals(one.length, two.length);
    int count = 0;
    for (int i = 0; i < one.length; i++) {
      count += Float.floatToRawIntBits(one[i]) == Float.floatToRawIntBits(two[i]) ? 0 : 1;
    }
    return count;
  }

  @Test
  void wholeStopsDoubleTheLightAndComeBack() throws Exception {
    Path brighter = folder.resolve("a.exr");
    Path back = folder.resolve("b.exr");
    Program.Result result = run(0, "adjust", DESK, brighter, "--stops", "+1");
    assertTrue(result.out().contains("B G R: float16, +1 stops"), result.out());
    assertTrue(result.out().contains("no sample is rounded"), result.out());
    float[] before = samples(DESK);
    float[] after = samples(brighter);
    for (int i = 0; i < before.length; i++) {
      assertEquals(2 * before[i], after[i]);
    }
    String header = Command.outputOf("exrheader", brighter.toString());
    assertTrue(header.contains("stopsAdjusted"), header);
    run(0, "adjust", brighter, back, "--undo");
    assertEquals(0, different(before, samples(back)));
    assertFalse(Command.outputOf("exrheader", back.toString()).contains("stopsAdjusted"));
  }

  @Test
  void theNumberOfSamplesThatDoNotComeBackIsRight() throws Exception {
    Path adjusted = folder.resolve("a.exr");
    Path back = folder.resolve("b.exr");
    Program.Result result = run(0, "adjust", DESK, adjusted, "--stops", "+1.5", "--json");
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    long rounded = 0;
    for (var channel : json.getAsJsonArray("channels")) {
      JsonObject anomalies = channel.getAsJsonObject().getAsJsonObject("anomalies");
      for (var each : anomalies.entrySet()) {
        rounded += each.getValue().getAsJsonObject().get("count").getAsLong();
      }
    }
    assertTrue(rounded > 0, result.out());
    Program.Result refused = run(1, "adjust", adjusted, back, "--undo");
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertFalse(Files.exists(back));
    assertTrue(
        refused.err().replace(",", "").contains(rounded + " samples do not come back"),
        refused.err());
    run(0, "adjust", adjusted, back, "--undo", "--force");
    assertEquals(rounded, different(samples(DESK), samples(back)));
  }

  @Test
  void adjustmentsAddUpAndAreOfChannelsOfTheirOwn() throws Exception {
    Path one = folder.resolve("1.exr");
    Path two = folder.resolve("2.exr");
    run(0, "adjust", DESK, one, "--stops", "R=1,B=-2");
    Program.Result result = run(0, "adjust", one, two, "--stops", "+2");
    assertTrue(result.out().contains("float16, +2 stops"), result.out());
    float[] before = samples(DESK);
    float[] after = samples(two);
    for (int i = 0; i < before.length; i += 3) {
      assertEquals(8 * before[i], after[i]);
      assertEquals(4 * before[i + 1], after[i + 1]);
      assertEquals(before[i + 2], after[i + 2], 1e-6);
    }
    Program.Result twice = run(2, "adjust", DESK, one, "--stops", "R=1,R=2");
    assertTrue(twice.err().contains("two numbers for R"), twice.err());
    run(0, "adjust", two, one, "--stops", "1/3", "-q");
    Program.Result unknown = run(1, "adjust", one, folder.resolve("u.exr"), "--undo");
    assertTrue(unknown.err().contains("does not say how many samples"), unknown.err());
    Program.Result tiff = run(0, "convert", two, folder.resolve("t.tif"), "--to", "exposure");
    assertTrue(tiff.out().contains("TIFF does not remember that the light was adj"), tiff.out());
    String info = run(0, "info", two).out();
    assertTrue(info.contains("stopsAdjusted"), info);
    // Dark samples of B lost bits on the way down, and are counted although it came up again.
    Program.Result refused = run(1, "adjust", two, one, "--undo");
    run(0, "adjust", two, two, "--undo", "--force");
    int lost = different(before, samples(two));
    assertTrue(lost > 0);
    assertTrue(refused.err().contains(": " + lost + " samples do not come back"), refused.err());
  }

  @Test
  void exposuresGetStopsAddedAndNegativesStay() throws Exception {
    Path exposure = folder.resolve("e.exr");
    Path moved = folder.resolve("m.exr");
    Path light = folder.resolve("l.exr");
    Path direct = folder.resolve("d.exr");
    run(0, "convert", DESK, exposure, "--to", "exposure");
    run(0, "adjust", exposure, moved, "--stops", "-3");
    run(0, "convert", moved, light, "--to", "intensity");
    run(0, "adjust", DESK, direct, "--stops", "-3");
    float[] byExposure = samples(light);
    float[] byIntensity = samples(direct);
    for (int i = 0; i < byExposure.length; i++) {
      // Negative intensities have no exposure.
      assertEquals(
          Math.max(0, byIntensity[i]), byExposure[i], Math.max(1e-7, 1e-3 * byIntensity[i]));
    }
    Path raw = folder.resolve("n.raw");
    ByteBuffer samples = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    samples.putFloat(-1.5f).putFloat(-0.0f).putFloat(Float.NaN).putFloat(1e38f);
    Files.write(raw, samples.array());
    Program.Result result = run(0, "adjust", raw, raw, "--raw", "f32", "--stops", "2");
    ByteBuffer found = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(-6f, found.getFloat());
    assertEquals(-0.0f, found.getFloat());
    assertTrue(Float.isNaN(found.getFloat()));
    assertEquals(Float.POSITIVE_INFINITY, found.getFloat());
    assertTrue(result.err().contains("too large for their type"), result.err());
    assertTrue(
        result.out().contains("does not remember that the light was adjusted"), result.out());
  }

  @Test
  void theSameBitsOnEveryDevice() throws Exception {
    Path expected = folder.resolve("cpu.exr");
    run(0, "adjust", DESK, expected, "--stops", "-2/3", "--device", "cpu");
    for (String device : new String[] {"opencl", "all"}) {
      Path found = folder.resolve(device + ".exr");
      run(0, "adjust", DESK, found, "--stops", "-2/3", "--device", device);
      assertEquals(-1, Files.mismatch(expected, found), device);
    }
  }

  @Test
  void otherWaysToSayHowManyStops() throws Exception {
    Path stops = folder.resolve("s.exr");
    Path other = folder.resolve("o.exr");
    run(0, "adjust", DESK, stops, "--stops", "2");
    run(0, "adjust", DESK, other, "--from-ev", "12", "--to-ev", "10");
    assertEquals(-1, Files.mismatch(stops, other));
    run(0, "adjust", DESK, other, "--from", "1/240,f8,ISO100", "--to", "1/120,f5.6,ISO100");
    assertEquals(-1, Files.mismatch(stops, other));
    Program.Result third = run(0, "adjust", DESK, other, "--from", "1/125", "--to", "1/100");
    assertTrue(third.out().contains("float16, +1/3 stops"), third.out());
    Program.Result density = run(0, "adjust", DESK, other, "--density", "0.3");
    assertTrue(density.out().contains("-0.99657"), density.out());
  }

  @Test
  void sequencesAreAdjustedFrameByFrame() throws Exception {
    for (int i = 1; i <= 3; i++) {
      Files.copy(DESK, folder.resolve("in." + i + ".exr"));
    }
    Program.Result result =
        run(
            0,
            "adjust",
            folder.resolve("in.@.exr"),
            folder.resolve("out.@.exr"),
            "--frames",
            "1-3",
            "--stops",
            "1");
    assertTrue(result.out().contains("3 frames: 3 done"), result.out());
    assertEquals(-1, Files.mismatch(folder.resolve("out.1.exr"), folder.resolve("out.3.exr")));
  }

  @Test
  void mistakesAreOneLine() throws Exception {
    Path out = folder.resolve("x.exr");
    Object[][] mistakes = {
      {2, "adjust", DESK, out},
      {2, "adjust", DESK, out, "--stops", "x"},
      {2, "adjust", DESK, out, "--stops", "1,5"},
      {2, "adjust", DESK, out, "--stops", "=1"},
      {2, "adjust", DESK, out, "--stops", "1/0"},
      {2, "adjust", DESK, out, "--stops", "R=1", "--channels", "G"},
      {2, "adjust", DESK, out, "--stops", "1", "--undo"},
      {2, "adjust", DESK, out, "--from-ev", "12"},
      {2, "adjust", DESK, out, "--density", "-1"},
      {2, "adjust", DESK, out, "--from", "1/240,f8"},
      {2, "adjust", DESK, out, "--from", "1/240,f8", "--to", "nonsense"},
      {3, "adjust", DESK, out, "--undo"},
      {3, "adjust", DESK, out, "--stops", "Q=1"},
      {3, "adjust", folder.resolve("none.exr"), out, "--stops", "1"},
    };
    for (Object[] each : mistakes) {
      Object[] words = java.util.Arrays.copyOfRange(each, 1, each.length);
      Program.Result result = run((int) each[0], words);
      assertEquals(1, result.err().lines().count(), result.err());
      assertFalse(Files.exists(out), result::toString);
    }
  }
}
