package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/** {@code stops tween} as a user runs it. */
class TweenIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  private Shell shell = new Shell(folder);

  @BeforeEach
  void program() {
    shell = new Shell(folder);
  }

  private Program.Result run(int status, String words) throws Exception {
    return shell.run(status, "\"$0\" tween " + words);
  }

  private void frames(int count) throws Exception {
    for (int frame = 1; frame <= count; frame++) {
      Files.copy(DESK, folder.resolve("in.000" + frame + ".exr"));
    }
  }

  private byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(folder.resolve(name));
  }

  private List<String> names(String prefix) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName() + "")
          .filter(n -> n.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private double exposure(String picture) throws Exception {
    JsonElement stats =
        JsonParser.parseString(shell.run(0, "\"$0\" stats --json --channels G " + picture).out());
    JsonArray channels = stats.getAsJsonObject().getAsJsonArray("channels");
    return channels.get(0).getAsJsonObject().get("medianStops").getAsDouble();
  }

  @Test
  void framesAreTheBytesThatAdjustMakesWithTheStopsOfTheCurve() throws Exception {
    frames(4);
    String keys = " --keys 1:-1/3,3:+1:hold,5:2 --ease smooth ";
    run(0, "in.####.exr --curve curve.csv" + keys);
    assertEquals(
        "frame,stops\n1,-1/3\n2,+0.333333\n3,+1\n4,+1\n",
        Files.readString(folder.resolve("curve.csv")));
    Program.Result result = run(0, "in.####.exr out.####.exr" + keys);
    assertTrue(result.out().contains("frame 2 done out.0002.exr, +0.333333 stops\n"), result.out());
    assertTrue(result.out().contains("  B G R: float16, -1/3 to +1 stops\n"), result.out());
    assertTrue(result.out().contains("4 frames: 4 done"), result.out());
    run(0, "in.####.exr again.%04d.exr --keys curve.csv");
    for (String line : Files.readAllLines(folder.resolve("curve.csv")).subList(1, 5)) {
      String[] fields = line.split(",", -1);
      shell.run(0, "\"$0\" adjust -q in.000" + fields[0] + ".exr by.exr --stops " + fields[1]);
      assertArrayEquals(bytes("by.exr"), bytes("out.000" + fields[0] + ".exr"));
      assertArrayEquals(bytes("by.exr"), bytes("again.000" + fields[0] + ".exr"));
    }
  }

  @Test
  void exposureFollowsTheKeys() throws Exception {
    frames(3);
    run(0, "-q in.####.exr out.####.exr --keys 1:-5,2:0,3:+1/2");
    double before = exposure("in.0001.exr");
    assertEquals(before - 5, exposure("out.0001.exr"), 0.01);
    assertEquals(before, exposure("out.0002.exr"), 0.01);
    assertEquals(before + 0.5, exposure("out.0003.exr"), 0.01);
  }

  @Test
  void exposureFilesFollowThemToo() throws Exception {
    frames(2);
    shell.run(0, "\"$0\" convert -q in.####.exr ev.####.exr --to exposure --frames 1-2");
    run(0, "-q ev.####.exr out.####.exr --keys 1:-5,2:1");
    assertEquals(exposure("ev.0001.exr") - 5, exposure("out.0001.exr"), 0.01);
    assertEquals(exposure("ev.0001.exr") + 1, exposure("out.0002.exr"), 0.01);
  }

  @Test
  void aStillBecomesASequence() throws Exception {
    Files.copy(DESK, folder.resolve("still.exr"));
    JsonObject json =
        JsonParser.parseString(run(0, "still.exr fade.@@.exr --keys -1:0,2:3/2 --json").out())
            .getAsJsonObject();
    assertEquals(
        List.of("fade.-1.exr", "fade.00.exr", "fade.01.exr", "fade.02.exr"), names("fade"));
    assertEquals("-1-2", json.get("done").getAsString());
    JsonObject frame = json.getAsJsonArray("frames").get(1).getAsJsonObject();
    assertEquals(0, frame.get("frame").getAsInt());
    assertEquals("+0.5", frame.get("stops").getAsString());
    assertEquals(exposure("still.exr") + 1, exposure("fade.01.exr"), 0.01);
  }

  @Test
  void aDryRunDrawsTheCurveAndTouchesNoPicture() throws Exception {
    frames(2);
    Program.Result result = run(0, "in.####.exr out.####.exr --keys 1:-1,2:1 --curve curve.svg");
    assertEquals("curve.svg: 2 frames, -1 to +1 stops; no picture was written\n", result.out());
    assertEquals(List.of(), names("out"));
    var unused =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("curve.svg").toFile());
    run(0, "-q --keys 1:-1,9:1 --curve keys.csv");
    assertEquals(10, Files.readAllLines(folder.resolve("keys.csv")).size());
  }

  @Test
  void aFrameThatIsDamagedOrGoneIsSaidAndTheOthersAreDone() throws Exception {
    frames(4);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("in.0002.exr").toFile(), "rw")) {
      file.setLength(99_999);
    }
    Files.delete(folder.resolve("in.0003.exr"));
    Program.Result result = run(3, "in.####.exr out.####.exr --keys 1:0,4:1 --frames 1-4");
    assertTrue(result.err().contains("stops tween: frame 2: in.0002.exr: "), result.err());
    assertTrue(
        result.err().contains("stops tween: frame 3: in.0003.exr: there is no such file"),
        result.err());
    assertTrue(result.out().contains("4 frames: 2 done, 2 failed (2-3)"), result.out());
    assertEquals(List.of("out.0001.exr", "out.0004.exr"), names("out"));
    Program.Result existing = run(3, "in.####.exr out.####.exr --keys 1:0,4:1 --skip-existing");
    assertTrue(existing.err().contains("note: there are no frames 3\n"), existing.err());
    assertTrue(existing.out().contains("3 frames: 2 skipped, 1 failed (2)"), existing.out());
  }

  @Test
  void mistakesAreOneLine() throws Exception {
    frames(1);
    for (String[] each :
        new String[][] {
          {"2", "in.####.exr out.####.exr", "--keys is missing"},
          {
            "2",
            "in.####.exr out.####.exr --keys 1:0,2:dark",
            "--keys: key 2: 'dark' is no number of stops"
          },
          {"2", "in.####.exr out.####.exr --keys 1:0,1:2", "--keys: frame 1 has two keys"},
          {
            "2",
            "in.####.exr out.####.exr --keys 1:0 --ease fast",
            "--ease: 'fast' is not one of linear"
          },
          {"2", "in.####.exr out.exr --keys 1:0", "OUT is one file, 'out.exr'"},
          {"2", "in.####.exr --keys 1:0", "OUT is missing"},
          {
            "2",
            "in.####.exr out.####.exr --keys 1:0 --curve c.txt",
            "ends neither in .csv nor in .svg"
          },
          {
            "2",
            "in.0001.exr out.####.exr --keys 1:0,2000000:0",
            "the keys span more than 100000 frames"
          },
          {"3", "in.####.exr out.####.exr --keys none.csv", "none.csv: there is no such file"},
          {"3", "none.####.exr out.####.exr --keys 1:0", "none.####.exr: has no frames"},
          {"4", "in.####.exr none/out.####.exr --keys 1:0", "none/out.0001.exr"}
        }) {
      Program.Result result = run(Integer.parseInt(each[0]), each[1]);
      assertEquals("", result.out(), each[1]);
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().contains(each[2]), result.err());
    }
    assertFalse(Files.exists(folder.resolve("out.0001.exr")));
  }

  /** Photographs of OpenEXR, three frames of a beach ball. */
  @TestFactory
  List<DynamicTest> realFramesFollowTheKeysFromATableToo() throws Exception {
    return Required.data(
        "openexr-images",
        "singlepart.0001.exr",
        first -> {
          Files.writeString(folder.resolve("keys.csv"), "frame,stops\n1,-2\n3,1\n");
          run(
              0,
              "-q "
                  + first.resolveSibling("singlepart.####.exr").toAbsolutePath()
                  + " . --keys keys.csv");
          for (int frame = 1; frame <= 3; frame++) {
            String name = "singlepart.000" + frame + ".exr";
            double stops = -2 + 1.5 * (frame - 1);
            Path before = first.resolveSibling(name).toAbsolutePath();
            assertEquals(exposure(before + "") + stops, exposure(name), 0.01);
          }
        });
  }
}
