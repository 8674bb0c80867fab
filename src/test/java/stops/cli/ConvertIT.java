package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;

class ConvertIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  @Test
  void photographGoesToExposureAndComesBackAsHalf() throws Exception {
    Path exposure = folder.resolve("desk stops.exr");
    Path back = folder.resolve("back.exr");
    Program.Result there =
        Program.packaged().run("convert", DESK.toString(), exposure.toString(), "--to", "exposure");
    assertEquals(0, there.status(), there.err());
    assertTrue(there.out().contains("float16 -> float32"), there.out());
    Program.Result here =
        Program.packaged()
            .run("convert", exposure.toString(), back.toString(), "--to", "intensity");
    assertEquals(0, here.status(), here.err());
    assertTrue(here.out().contains("float32 -> float16"), here.out());
    Program.Result info = Program.packaged().run("info", exposure.toString());
    assertTrue(info.out().contains("OpenEXR, exposure"), info.out());
  }

  @Test
  void exposureIsNotConvertedToExposureTwice() throws Exception {
    Path exposure = folder.resolve("e.exr");
    run(0, "convert", DESK.toString(), exposure.toString(), "--to", "exposure");
    byte[] before = Files.readAllBytes(exposure);
    Program.Result again =
        run(3, "convert", exposure.toString(), exposure.toString(), "--to", "exposure");
    assertEquals(1, again.err().lines().count(), again.err());
    assertTrue(again.err().contains("--force"), again.err());
    assertArrayEquals(before, Files.readAllBytes(exposure));
    run(0, "convert", exposure.toString(), exposure.toString(), "--to", "exposure", "--force");
  }

  @Test
  void rawSamplesConvertInPlaceAndSayWhatWasUnusual() throws Exception {
    Path raw = floats("light.raw", 1, 2, 0, -4, Float.NaN, 0.5f);
    Program.Result result =
        run(0, "convert", raw.toString(), raw.toString(), "--to", "exposure", "--raw", "f32");
    assertArrayEquals(new float[] {0, 1, Float.NEGATIVE_INFINITY, -1073, Float.NaN, -1}, read(raw));
    List<String> warnings = result.err().lines().toList();
    assertEquals(3, warnings.size(), result.err());
    assertTrue(warnings.getFirst().contains("1 zero samples have no exposure"), result.err());
    assertTrue(warnings.getFirst().contains("(2, 0)"), result.err());
  }

  @Test
  void zeroPolicies() throws Exception {
    Path raw = floats("zero.raw", 1, 0);
    Path out = folder.resolve("out.raw");
    run(0, "convert", raw.toString(), out.toString(), "--to=exposure", "--raw=f32", "--zero=floor");
    assertArrayEquals(new float[] {0, -1073}, read(out));
    run(0, "convert", raw.toString(), out.toString(), "--to=exposure", "--raw=f32", "--zero=nan");
    assertArrayEquals(new float[] {0, Float.NaN}, read(out));
    byte[] before = Files.readAllBytes(out);
    Program.Result failed =
        run(
            1,
            "convert",
            raw.toString(),
            out.toString(),
            "--to=exposure",
            "--raw=f32",
            "--zero=fail");
    assertTrue(failed.err().contains("nothing was written"), failed.err());
    assertArrayEquals(before, Files.readAllBytes(out));
  }

  @Test
  void exposuresBelowTheFloorBecomeIt() throws Exception {
    Path raw = floats("floor.raw", 1, 0, -4, 1e-9f, Float.NaN, 0.25f);
    Path out = folder.resolve("out.raw");
    Program.Result result =
        run(
            0,
            "convert",
            raw.toString(),
            out.toString(),
            "--to=exposure",
            "--raw=f32",
            "--floor=-20",
            "--json");
    assertArrayEquals(new float[] {0, -20, -20, -20, Float.NaN, -2}, read(out));
    var json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(-20, json.get("floor").getAsDouble());
    var met = json.getAsJsonArray("channels").get(0).getAsJsonObject().getAsJsonObject("anomalies");
    assertEquals(3, met.getAsJsonObject("floored").get("count").getAsLong());
    assertEquals(1, met.getAsJsonObject("floored").getAsJsonObject("first").get("x").getAsLong());
    assertEquals(1, met.getAsJsonObject("clamped").get("count").getAsLong());
    assertEquals(1, met.getAsJsonObject("undefined").get("count").getAsLong());
    assertEquals(
        List.of(
            "stops convert: warning: 0: 1 zero samples have no exposure (stored as the floor), first"
                + " at (1, 0)",
            "stops convert: warning: 0: 1 samples are negative or below 1e-323 (stored as the floor),"
                + " first at (2, 0)",
            "stops convert: warning: 0: 1 samples are NaN, first at (4, 0)",
            "stops convert: warning: 0: 3 samples are below the floor, -20.0 stops (stored as the"
                + " floor), first at (1, 0)"),
        result.err().lines().toList());
    run(
        0,
        "convert",
        raw.toString(),
        out.toString(),
        "--to=exposure",
        "--raw=f32",
        "--floor=-1.5",
        "--zero=nan");
    assertArrayEquals(new float[] {0, Float.NaN, -1.5f, -1.5f, Float.NaN, -1.5f}, read(out));
    for (String wrong : List.of("--floor=inf", "--floor=-3000", "--floor=x")) {
      run(2, "convert", raw.toString(), out.toString(), "--to=exposure", "--raw=f32", wrong);
    }
    run(2, "convert", raw.toString(), out.toString(), "--to=intensity", "--raw=f32", "--floor=-1");
  }

  @Test
  void aFloorHoldsInEveryTypeAndLeavesAlphaAlone() throws Exception {
    Path exposure = folder.resolve("floor.exr");
    for (String type : List.of("f16", "f32")) {
      run(
          0,
          "convert",
          DESK.toString(),
          exposure.toString(),
          "--to=exposure",
          "--type=" + type,
          "--floor=-3.3");
      String stats = Command.outputOf("oiiotool", "--stats", exposure.toString());
      String lowest = "f16".equals(type) ? "-3.300781" : "-3.300000";
      assertTrue(stats.contains("Stats Min: " + lowest), stats);
    }
    Path npy = folder.resolve("a.npy");
    String python = "import numpy, sys; ";
    Command.outputOf(
        "python3",
        "-c",
        python + "numpy.save(sys.argv[1], numpy.array([[[1, .1, 8, .1]]], '<f4'))",
        npy.toString());
    run(0, "convert", npy.toString(), npy.toString(), "--to=exposure", "--floor=-2");
    assertEquals(
        "[[[0.0, -2.0, 3.0, 0.10000000149011612]]]",
        Command.outputOf(
                "python3", "-c", python + "print(numpy.load(sys.argv[1]).tolist())", npy.toString())
            .strip());
  }

  @Test
  void gainAndTypeAreAppliedInTheSamePass() throws Exception {
    Path raw = floats("gain.raw", 1, 8);
    Path out = folder.resolve("out.raw");
    run(
        0,
        "convert",
        raw.toString(),
        out.toString(),
        "--to=exposure",
        "--raw=f32",
        "--gain=-0.5",
        "--type=f64");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(-0.5, bytes.getDouble(0));
    assertEquals(2.5, bytes.getDouble(8));
  }

  @Test
  void reportIsAlsoJson() throws Exception {
    Path raw = floats("j.raw", 0, 1);
    Program.Result result =
        run(0, "convert", raw.toString(), raw.toString(), "--to=exposure", "--raw=f32", "--json");
    var json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("exposure", json.get("to").getAsString());
    assertEquals(2, json.get("samples").getAsLong());
    assertEquals(
        1,
        json.getAsJsonArray("channels")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("anomalies")
            .getAsJsonObject("undefined")
            .get("count")
            .getAsLong());
    assertTrue(json.getAsJsonArray("engines").size() > 0);
  }

  @Test
  void mistakesEndInOneLineAndTheirOwnStatus() throws Exception {
    String out = folder.resolve("out.exr").toString();
    oneLine(3, "convert", folder.resolve("absent.exr").toString(), out, "--to=exposure");
    oneLine(2, "convert", DESK.toString(), out);
    oneLine(2, "convert", DESK.toString(), out, "--to=brightness");
    oneLine(2, "convert", DESK.toString(), out, "--to=exposure", "--type=f8");
    oneLine(2, "convert", DESK.toString(), out, "--to=exposure", "--memory=lots");
    oneLine(3, "convert", DESK.toString(), out, "--to=exposure", "--channels=Q");
    oneLine(
        4,
        "convert",
        DESK.toString(),
        folder.resolve("no/such/out.exr").toString(),
        "--to=exposure");
    oneLine(5, "convert", DESK.toString(), out, "--to=exposure", "--device=9:9");
    Path text = Files.writeString(folder.resolve("text.exr"), "this is no picture\n");
    oneLine(3, "convert", text.toString(), out, "--to=exposure");
    assertFalse(Files.exists(Path.of(out)));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(text), left.toList());
    }
  }

  private static void oneLine(int status, String... arguments) throws Exception {
    Program.Result result = run(status, arguments);
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals("", result.out());
  }

  private static Program.Result run(int status, String... arguments) throws Exception {
    Program.Result result = Program.packaged().run(arguments);
    assertEquals(status, result.status(), () -> String.join(" ", arguments) + ": " + result);
    return result;
  }

  private Path floats(String name, float... values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Files.write(folder.resolve(name), bytes.array());
  }

  private static float[] read(Path file) throws Exception {
    var floats =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }
}
