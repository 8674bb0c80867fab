package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/** The packaged program on pictures that oiiotool made. */
class MatchIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void pictures() throws Exception {
    Required.program("oiiotool");
    Files.copy(DESK, folder.resolve("ref.exr"));
    run(0, "oiiotool ref.exr --mulc 2 -o bright.exr");
    run(0, "oiiotool ref.exr --mulc 0.5 --clamp:max=0.5 -o dark.exr");
    run(0, "oiiotool ref.exr --mulc 4,2,1,1 -o warm.exr");
  }

  private Program.Result run(int status, String script) throws Exception {
    return new Shell(folder).run(status, script);
  }

  private static JsonObject json(Program.Result result) {
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  @Test
  void eachPictureHasALine() throws Exception {
    Program.Result result = run(0, "$0 match ref.exr bright.exr dark.exr");
    List<String> lines = result.out().lines().toList();
    assertEquals(2, lines.size(), result.out());
    assertTrue(
        lines.getFirst().matches("bright\\.exr is \\+1\\.00+ ± 0\\.00+ stops \\(99 % of pixels\\)"),
        result.out());
    assertTrue(
        lines.get(1).matches("dark\\.exr is -1\\.00+ ± 0\\.00+ stops \\(\\d\\d % of pixels\\)"),
        result.out());
    assertEquals("", result.err());
    assertEquals(
        lines.getFirst().replace("bright.exr", "standard input"),
        run(0, "$0 match ref.exr - <bright.exr").out().strip());
  }

  @Test
  void jsonHasEverything() throws Exception {
    JsonObject json = json(run(0, "$0 match ref.exr warm.exr --per-channel --json"));
    assertEquals("ref.exr", json.get("reference").getAsString());
    assertEquals("pixels", json.get("by").getAsString());
    JsonArray matches =
        json.getAsJsonArray("pictures").get(0).getAsJsonObject().getAsJsonArray("matches");
    String[] channels = {"R", "G", "B"};
    for (int i = 0; i < 3; i++) {
      JsonObject match = matches.get(i).getAsJsonObject();
      assertEquals(channels[i], match.get("channel").getAsString());
      assertEquals(2 - i, match.get("stops").getAsDouble(), 1e-3);
      assertEquals(78_240, match.get("compared").getAsLong());
      assertTrue(match.get("fraction").getAsDouble() > 0.9, match.toString());
      assertTrue(match.get("standardError").getAsDouble() < 0.001, match.toString());
    }
    JsonObject level = json(run(0, "$0 match --to 0.18 ref.exr --roi 10,10,50,60 --json"));
    assertEquals(0.18, level.get("value").getAsDouble());
    assertFalse(level.has("reference"));
  }

  @Test
  void whatCannotBeComparedIsOneLineAndTheOthersGoOn() throws Exception {
    run(0, "oiiotool ref.exr --mulc 0 -o black.exr && oiiotool ref.exr --cut 90x80+5+5 -o cut.exr");
    Program.Result black = run(1, "$0 match ref.exr black.exr bright.exr");
    assertEquals(1, black.err().lines().count(), black.err());
    assertTrue(
        black.err().startsWith("stops match: black.exr: too little to rest on: "), black.err());
    assertTrue(black.out().startsWith("bright.exr is +1.00"), black.out());
    Program.Result cut = run(3, "$0 match ref.exr cut.exr --cdl c.cc");
    assertTrue(cut.err().contains("--distribution"), cut.err());
    assertFalse(Files.exists(folder.resolve("c.cc")));
    Program.Result distribution = run(0, "$0 match ref.exr cut.exr --distribution");
    assertTrue(distribution.out().contains("by distribution, "), distribution.out());
  }

  @Test
  void sequencesAreComparedFrameByFrameOrWithOnePicture() throws Exception {
    run(0, "for i in 1 2 3; do oiiotool ref.exr --mulc $i -o r.000$i.exr; done");
    run(0, "for i in 1 2; do oiiotool r.000$i.exr --mulc $((2 * i)) -o b.000$i.exr; done");
    List<String> each =
        run(0, "$0 match r.####.exr b.%04d.exr --frames 1-2").out().lines().toList();
    assertEquals(2, each.size(), each.toString());
    assertTrue(each.get(0).startsWith("b.0001.exr is +1.00"), each.toString());
    assertTrue(each.get(1).startsWith("b.0002.exr is +2.00"), each.toString());
    JsonArray still =
        json(run(0, "$0 match ref.exr b.@@@@.exr r.@@@@.exr --frames 1,2 --json"))
            .getAsJsonArray("pictures");
    double[] stops = {1, 0, 3, 1};
    for (int i = 0; i < 4; i++) {
      JsonObject picture = still.get(i).getAsJsonObject();
      assertEquals(
          stops[i],
          picture.getAsJsonArray("matches").get(0).getAsJsonObject().get("stops").getAsDouble(),
          1e-3,
          picture.toString());
    }
    Program.Result absent =
        run(3, "mkdir out; $0 match r.####.exr b.####.exr --frames 1-3 --apply out");
    assertEquals(1, absent.err().lines().count(), absent.err());
    assertTrue(absent.err().contains("b.0003.exr"), absent.err());
    run(
        0,
        "oiiotool --diff r.0001.exr out/b.0001.exr && oiiotool --diff r.0002.exr out/b.0002.exr");
    assertTrue(run(2, "$0 match ref.exr bright.exr --frames 1-3").err().contains("B is one file"));
    assertTrue(run(2, "$0 match ref.exr b.####.exr").err().contains("--frames"));
    run(2, "$0 match r.####.exr b.####.exr --frames 1-2 --apply {}.exr");
  }

  @Test
  void metadataAreComparedAndWhatIsMissingIsNamed() throws Exception {
    String settings = "oiiotool ref.exr --attrib expTime 0.01 --attrib aperture ";
    run(0, settings + "8.0 --attrib isoSpeed 100.0 -o a.exr");
    run(0, settings + "4.0 --attrib isoSpeed 200.0 -o b.exr");
    run(0, settings + "-1.0 --attrib isoSpeed 100.0 -o c.exr");
    run(0, settings + "8.0 --attrib isoSpeed 0.0 -o d.exr");
    assertTrue(
        run(0, "$0 match a.exr b.exr --by metadata").out().startsWith("b.exr is +3.00 stops (by "));
    assertEquals(
        3,
        json(run(0, "$0 match a.exr b.exr --by metadata --json"))
            .getAsJsonArray("pictures")
            .get(0)
            .getAsJsonObject()
            .get("stops")
            .getAsDouble());
    Program.Result bad = run(3, "$0 match a.exr c.exr d.exr ref.exr --by metadata");
    List<String> lines = bad.err().lines().toList();
    assertEquals(3, lines.size(), bad.err());
    assertTrue(lines.get(0).startsWith("stops match: c.exr: aperture is -1"), bad.err());
    assertTrue(lines.get(1).startsWith("stops match: d.exr: isoSpeed is 0"), bad.err());
    assertTrue(lines.get(2).startsWith("stops match: ref.exr: the shutter is missing"), bad.err());
  }

  @Test
  void adjustedPicturesAreAtTheReference() throws Exception {
    run(0, "mkdir out");
    Program.Result result =
        run(0, "$0 match ref.exr bright.exr warm.exr --apply 'out/{}-m.exr' --per-channel");
    assertTrue(result.out().contains("  -> out/bright-m.exr\n"), result.out());
    run(0, "oiiotool --diff ref.exr out/bright-m.exr");
    Program.Result again = run(0, "$0 match ref.exr out/warm-m.exr --per-channel --json");
    json(again)
        .getAsJsonArray("pictures")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("matches")
        .forEach(match ->
            assertEquals(0, match.getAsJsonObject().get("stops").getAsDouble(), 1e-3, again + ""));
    run(0, "$0 match ref.exr dark.exr --apply out -q && test -s out/dark.exr");
    Program.Result twice = run(2, "$0 match ref.exr bright.exr bright.exr --apply out");
    assertTrue(twice.err().contains("written twice"), twice.err());
    Program.Result over = run(2, "$0 match ref.exr bright.exr --apply ref.exr");
    assertTrue(over.err().contains("{}"), over.err());
  }

  @Test
  void correctionsAreWritten() throws Exception {
    String script = "$0 match ref.exr bright.exr warm.exr --per-channel --cdl c.ccc";
    String unused = run(0, script).out();
    String text = Files.readString(folder.resolve("c.ccc"));
    assertTrue(text.contains("<ColorCorrection id=\"warm\">"), text);
    assertTrue(text.contains("<Slope>0.5"), text);
  }
}
