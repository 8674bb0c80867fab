package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  private Shell shell = new Shell(folder);

  @BeforeEach
  void threeFrames() throws Exception {
    shell = new Shell(folder);
    for (int frame = 1; frame <= 3; frame++) {
      Files.copy(DESK, folder.resolve("a." + frame + ".exr"));
    }
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static JsonObject channel(JsonObject file, int index) {
    return file.getAsJsonArray("channels").get(index).getAsJsonObject();
  }

  private void floats(String name, float... values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(folder.resolve(name), bytes.array());
  }

  @Test
  void tablesHaveARowForEachChannel() throws Exception {
    Program.Result result = shell.run(0, "\"$0\" stats a.1.exr");
    assertEquals("", result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals("a.1.exr: OpenEXR, intensity", lines.getFirst());
    assertEquals(1 + 4 + 4 + 4 + 7, lines.size(), result.out());
    assertTrue(lines.get(2).matches("  B +78,240 +0 +148 +0 +0"), result.out());
    assertTrue(lines.get(6).matches("  B +-0\\.00132370 +195\\.375 .*"), result.out());
    assertTrue(lines.get(9).contains("geometric mean"), result.out());
  }

  private static final String SORTED =
      """
      import json, math, numpy, sys
      stored = numpy.load(sys.argv[1]).astype('f8').ravel()
      found = json.load(open(sys.argv[2]))['channels'][0]
      exposures = sys.argv[3] == 'exposure'
      linear = numpy.exp2(stored) if exposures else stored
      light = stored if exposures else numpy.log2(stored[stored > 0])
      for kind, samples in (('Intensity', linear), ('Stops', light)):
          samples = numpy.sort(samples)
          for name, value in found['percentiles' + kind].items():
              rank = max(1, math.ceil(float(name.rstrip(' %')) * len(samples) / 100 - 1e-9))
              expected = samples[rank - 1]
              assert abs(value - expected) <= 1e-15 * abs(expected), (kind, name, value, expected)
      assert found['percentileWidth'] == 0 and found['percentileWidthStops'] == 0
      """;

  @Test
  void exactPercentilesAreThoseOfNumPy() throws Exception {
    Files.writeString(folder.resolve("sorted.py"), SORTED);
    shell.run(
        0,
        "python3 -c \"import numpy; r = numpy.random.default_rng(1); "
            + "x = r.normal(0.2, 0.5, (300, 500)); numpy.save('i.npy', x.astype('<f4')); "
            + "numpy.save('d.npy', x); numpy.save('e.npy', (9 * x).astype('<f4'))\"");
    for (String way : List.of("i intensity", "d intensity", "e exposure")) {
      String[] words = way.split(" ", -1);
      String command = "\"$0\" stats " + words[0] + ".npy --exact --json --from " + words[1];
      shell.run(
          0, command + " >e.json && python3 sorted.py " + words[0] + ".npy e.json " + words[1]);
      shell.run(0, command + " --memory 24M --threads 7 >f.json && cmp e.json f.json");
      shell.run(0, command + " --device all >f.json && cmp e.json f.json");
    }
    shell.run(0, "\"$0\" stats - --exact --json <i.npy >g.json; python3 sorted.py i.npy g.json i");
    shell.run(5, "\"$0\" stats i.npy --device no-such-device");
  }

  @Test
  void jsonNamesLinearAndStopsApart() throws Exception {
    floats("a.raw", 8, 0, 0.5f, Float.NaN, -1, Float.POSITIVE_INFINITY);
    JsonObject file =
        json(shell.run(0, "\"$0\" stats a.raw --raw f32 --json --percentiles 0,50,100").out());
    JsonObject found = channel(file, 0);
    assertEquals("intensity", found.get("meaning").getAsString());
    assertEquals(6, found.get("samples").getAsLong());
    assertEquals(1, found.get("zero").getAsLong());
    assertEquals(1, found.get("negative").getAsLong());
    assertEquals(1, found.get("infinite").getAsLong());
    assertEquals(1, found.get("nan").getAsLong());
    assertEquals(-1, found.get("minimumIntensity").getAsDouble());
    assertEquals(8, found.get("maximumIntensity").getAsDouble());
    assertEquals(7.5 / 4, found.get("arithmeticMeanIntensity").getAsDouble());
    assertEquals(0, found.get("medianIntensity").getAsDouble());
    assertEquals(2, found.get("samplesAboveZero").getAsLong());
    assertEquals(1, found.get("geometricMeanStops").getAsDouble());
    assertEquals(2, found.get("standardDeviationStops").getAsDouble());
    assertEquals(4, found.get("fullRangeStops").getAsDouble());
    assertEquals(1 + 2.473931188332412, found.get("keyValueStops").getAsDouble(), 1e-15);
    assertEquals("{\"0\":-1.0,\"50\":-1.0,\"100\":3.0}", found.get("percentilesStops").toString());
    assertEquals(
        "{\"stepStops\":0.25,\"fromStops\":[-1.0,3.0],\"samples\":[1,1]}",
        found.get("histogram").toString());
  }

  @Test
  void sameTextForAnyThreadsAndLittleMemory() throws Exception {
    String expected = shell.run(0, "\"$0\" stats a.1.exr --json --threads 1").out();
    for (String options : List.of("--threads 2", "--threads 7", "--memory 64M")) {
      assertEquals(expected, shell.run(0, "\"$0\" stats a.1.exr --json " + options).out());
    }
    shell.run(0, "\"$0\" convert a.1.exr e.exr --to exposure --device cpu -q");
    shell.run(0, "\"$0\" convert a.1.exr o.exr --to exposure --device opencl -q");
    assertEquals(
        shell.run(0, "\"$0\" stats - --json <e.exr").out(),
        shell.run(0, "\"$0\" stats - --json <o.exr").out());
  }

  @Test
  void framesAreALineEachAndOneThatFailsDoesNotStopTheOthers() throws Exception {
    Files.write(folder.resolve("a.2.exr"), new byte[] {1, 2, 3});
    Program.Result result = shell.run(3, "\"$0\" stats a.@.exr --frames 1-4 --json");
    List<JsonObject> lines = result.out().lines().map(StatsIT::json).toList();
    assertEquals(4, lines.size(), result.out());
    for (int i = 0; i < 4; i++) {
      assertEquals(i + 1, lines.get(i).get("frame").getAsInt());
    }
    assertEquals(channel(lines.get(0), 1), channel(lines.get(2), 1));
    assertEquals(3, lines.get(1).get("exitStatus").getAsInt());
    assertTrue(lines.get(3).get("error").getAsString().contains("there is no such file"));
    assertEquals(2, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("stops stats: frame 2: a.2.exr: "), result.err());
    Program.Result several = shell.run(0, "\"$0\" stats a.1.exr a.3.exr --json");
    assertEquals(2, several.out().lines().count());
  }

  @Test
  void regionsAndChannelsAreChosen() throws Exception {
    Program.Result region =
        shell.run(0, "\"$0\" stats a.1.exr --roi 230,280,20,10 --channels G --json");
    JsonObject file = json(region.out());
    assertEquals(1, file.getAsJsonArray("channels").size());
    assertEquals(100, channel(file, 0).get("samples").getAsLong());
    assertTrue(region.err().contains("outside the data window"), region.err());
    Program.Result outside = shell.run(3, "\"$0\" stats a.1.exr --roi 500,500,20,10");
    assertEquals(1, outside.err().lines().count(), outside.err());
    Program.Result unknown = shell.run(3, "\"$0\" stats a.1.exr --channels Q");
    assertTrue(unknown.err().contains("no floating-point channel named Q"), unknown.err());
  }

  @Test
  void picturesAreReadByOthers() throws Exception {
    shell.run(
        0, "\"$0\" stats a.1.exr --histogram h.svg && \"$0\" stats a.1.exr --histogram h.png");
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("h.svg").toFile());
    assertEquals("svg", svg.getDocumentElement().getTagName());
    assertEquals("a.1.exr", svg.getElementsByTagName("title").item(0).getTextContent());
    assertEquals(2080, ImageIO.read(folder.resolve("h.png").toFile()).getWidth());
    shell.run(0, "\"$0\" stats a.@.exr --frames 1-2 --histogram h.####.svg");
    assertTrue(Files.exists(folder.resolve("h.0002.svg")));
  }

  /** Where Java finds no fonts, the same picture is drawn. */
  @Test
  void picturesNeedNoFonts() throws Exception {
    Files.writeString(folder.resolve("none.conf"), "<fontconfig></fontconfig>\n");
    shell.run(0, "\"$0\" stats a.1.exr --histogram h.png -q");
    shell.run(0, "FONTCONFIG_FILE=$PWD/none.conf \"$0\" stats a.1.exr --histogram none.png -q");
    assertEquals(-1, Files.mismatch(folder.resolve("h.png"), folder.resolve("none.png")));
  }

  @Test
  void mistakesAreOneLine() throws Exception {
    for (String words :
        List.of(
            "",
            "a.1.exr --roi 1,2,3",
            "a.1.exr --roi 1,2,0,3",
            "a.1.exr --percentiles 101",
            "a.1.exr --percentiles x",
            "a.1.exr --histogram h.jpg",
            "a.1.exr a.2.exr --histogram h.svg",
            "a.@.exr --frames 1-2 --histogram h.svg",
            "a.exr --frames 1-2",
            "a.####.exr",
            "- a.1.exr")) {
      Program.Result result = shell.run(2, "\"$0\" stats " + words);
      assertEquals("", result.out());
      assertEquals(1, result.err().lines().count(), result.toString());
    }
    Program.Result folderAbsent = shell.run(4, "\"$0\" stats a.1.exr --histogram no/h.svg");
    assertEquals(1, folderAbsent.err().lines().count(), folderAbsent.toString());
    assertTrue(shell.run(0, "\"$0\" --help").out().contains("stops stats IN..."));
    assertTrue(shell.run(0, "\"$0\" stats --help").out().contains("--percentiles"));
  }
}
