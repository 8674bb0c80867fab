package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;

class SequenceIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void threeFrames() throws Exception {
    for (int frame = 1; frame <= 3; frame++) {
      Files.copy(DESK, input(frame));
    }
  }

  private Path input(int frame) {
    return folder.resolve(String.format(Locale.ROOT, "in.%04d.exr", frame));
  }

  private Path output(int frame) {
    return folder.resolve(String.format(Locale.ROOT, "out.%04d.exr", frame));
  }

  private void damage(int frame) throws Exception {
    byte[] bytes = Files.readAllBytes(DESK);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 4000, (byte) 0);
    Files.write(input(frame), bytes);
  }

  private Program.Result run(int status, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("convert"));
    arguments.addAll(List.of(more));
    Program.Result result = Program.packaged().in(folder).run(arguments.toArray(String[]::new));
    assertEquals(status, result.status(), () -> String.join(" ", more) + ": " + result);
    return result;
  }

  private List<Path> files() throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(Path::getFileName).sorted().toList();
    }
  }

  @Test
  void damagedFrameIsReportedTheOthersAreWrittenAndItIsResumedAfterRepair() throws Exception {
    damage(2);
    Program.Result first = run(3, "in.%04d.exr", "out.####.exr", "--to=exposure", "--frames=1-3");
    List<String> lines = first.out().lines().toList();
    assertTrue(lines.contains("frame 1 done out.0001.exr"), first.out());
    assertTrue(lines.contains("frame 2 failed with status 3"), first.out());
    assertTrue(lines.contains("frame 3 done out.0003.exr"), first.out());
    assertTrue(lines.contains("Progress: 100%"), first.out());
    assertTrue(lines.getLast().startsWith("3 frames: 2 done, 1 failed (2); "), first.out());
    List<String> problems = first.err().lines().filter(line -> !line.contains("warning")).toList();
    assertEquals(1, problems.size(), first.err());
    assertTrue(
        problems.getFirst().startsWith("stops convert: frame 2: in.0002.exr: "), first.err());
    assertTrue(Files.exists(output(1)));
    assertFalse(Files.exists(output(2)));
    assertTrue(Files.exists(output(3)));
    assertEquals(5, files().size(), files() + "");

    byte[] before = Files.readAllBytes(output(1));
    Files.delete(input(2));
    Files.copy(DESK, input(2));
    Files.delete(input(1));
    Program.Result second =
        run(0, "in.%04d.exr", "out.####.exr", "--to=exposure", "--frames=1-3", "--skip-existing");
    lines = second.out().lines().toList();
    assertTrue(lines.contains("frame 1 skipped out.0001.exr exists"), second.out());
    assertTrue(lines.contains("frame 2 done out.0002.exr"), second.out());
    assertTrue(lines.contains("frame 3 skipped out.0003.exr exists"), second.out());
    assertTrue(lines.getLast().startsWith("3 frames: 1 done, 2 skipped; "), second.out());
    assertArrayEquals(before, Files.readAllBytes(output(1)));
    assertArrayEquals(before, Files.readAllBytes(output(2)));
  }

  @Test
  void frameIsWhatItIsAlone() throws Exception {
    run(0, "in.@@@@.exr", "out.%04d.exr", "--to=exposure", "--frames=3-1", "--memory=16M");
    run(0, "in.0001.exr", "alone.exr", "--to=exposure");
    byte[] alone = Files.readAllBytes(folder.resolve("alone.exr"));
    for (int frame = 1; frame <= 3; frame++) {
      assertArrayEquals(alone, Files.readAllBytes(output(frame)));
    }
    run(0, "out.@@@@.exr", "out.####.exr", "--to=intensity", "--frames=1-3");
    run(0, "alone.exr", "alone.exr", "--to=intensity");
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("alone.exr")), Files.readAllBytes(output(2)));
  }

  @Test
  void jsonListsEachFrame() throws Exception {
    damage(2);
    Files.delete(input(3));
    Program.Result result =
        run(3, "in.####.exr", "out.####.exr", "--to=exposure", "--frames=1-3", "--json");
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("1", json.get("done").getAsString());
    assertEquals("2-3", json.get("failed").getAsString());
    assertEquals(3, json.get("exitStatus").getAsInt());
    var frames = json.getAsJsonArray("frames");
    assertEquals(3, frames.size());
    JsonObject done = frames.get(0).getAsJsonObject();
    assertEquals(1, done.get("frame").getAsInt());
    assertEquals("done", done.get("status").getAsString());
    assertEquals(3 * 240 * 326, done.getAsJsonObject("conversion").get("samples").getAsLong());
    JsonObject absent = frames.get(2).getAsJsonObject();
    assertEquals("failed", absent.get("status").getAsString());
    assertEquals(3, absent.get("exitStatus").getAsInt());
    assertTrue(absent.get("error").getAsString().contains("there is no such file"));
  }

  @Test
  void exitStatusIsTheHighestOfTheFrames() throws Exception {
    ByteBuffer values = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(0, 1);
    Files.write(folder.resolve("a.1.raw"), values.array());
    values.putFloat(4, 2);
    Files.write(folder.resolve("a.2.raw"), values.array());
    String[] command = {"a.@.raw", "b.@.raw", "--to=exposure", "--raw=f32", "--zero=fail"};
    Program.Result undefined = run(1, with(command, "--frames=1-2"));
    assertTrue(undefined.out().contains("frame 1 failed with status 1"), undefined.out());
    assertTrue(undefined.err().contains("1 zero samples have no exposure"), undefined.err());
    assertFalse(Files.exists(folder.resolve("b.1.raw")));
    assertTrue(Files.exists(folder.resolve("b.2.raw")));
    run(3, with(command, "--frames=1-3"));
    Files.createDirectory(folder.resolve("b.7.raw"));
    Files.copy(folder.resolve("a.2.raw"), folder.resolve("a.7.raw"));
    Program.Result output = run(4, with(command, "--frames=1-3,7"));
    assertTrue(output.out().contains("frame 7 failed with status 4"), output.out());
    assertTrue(output.out().contains("4 frames: 1 done, 3 failed (1,3,7); "), output.out());
  }

  private static String[] with(String[] command, String more) {
    String[] longer = Arrays.copyOf(command, command.length + 1);
    longer[command.length] = more;
    return longer;
  }

  @Test
  void mistakesAreToldBeforeTheFirstFrameIsTouched() throws Exception {
    List<Path> before = files();
    mistake(2, "--frames 1001-1100", "in.%04d.exr", "out.%04d.exr", "--to=exposure");
    mistake(2, "OUT is one file", "in.%04d.exr", "out.exr", "--to=exposure", "--frames=1-3");
    mistake(2, "IN is one file", "in.exr", "out.%04d.exr", "--to=exposure", "--frames=1-3");
    mistake(2, "not a range", "in.%04d.exr", "out.%04d.exr", "--to=exposure", "--frames=1..3");
    mistake(
        2, "same", "in.####.exr", "in.####.exr", "--to=exposure", "--frames=1", "--skip-existing");
    mistake(4, "there is no folder", "in.@@@@.exr", "no/o.@.exr", "--to=exposure", "--frames=1-3");
    mistake(4, "integers", "in.@@@@.exr", "o.@.png", "--to=exposure", "--frames=1-3");
    assertEquals(before, files());
  }

  private void mistake(int status, String words, String... arguments) throws Exception {
    Program.Result result = run(status, arguments);
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains(words), result.err());
  }

  @Test
  void quietSaysOnlyWhatFailed() throws Exception {
    damage(1);
    Program.Result result =
        run(3, "in.####.exr", "out.####.exr", "--to=exposure", "--frames=1-3", "--quiet");
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  @Test
  void signalEndsItAndLeavesNoTemporaryFile() throws Exception {
    Path large = folder.resolve("large.1.raw");
    try (var file =
        Files.newByteChannel(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.position((1L << 26) - 1).write(ByteBuffer.allocate(1));
    }
    for (int frame = 2; frame <= 100; frame++) {
      Files.createLink(folder.resolve(String.format(Locale.ROOT, "large.%d.raw", frame)), large);
    }
    Path out = folder.resolve("lines.txt");
    Process process =
        Program.packaged()
            .in(folder)
            .start(
                out,
                "convert",
                "large.@.raw",
                "big.@.raw",
                "--to=exposure",
                "--raw=f32",
                "--frames=1-100");
    Pattern begun = Pattern.compile("Progress: [1-9]");
    Await.until("it is at work", () -> begun.matcher(Files.readString(out)).find());
    Signals.send("STOP", process);
    assertFalse(Files.readString(out).contains("Progress: 100%"), "it was done too early");
    process.destroy();
    Signals.send("CONT", process);
    assertEquals(143, Await.end(process));
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of(), files.map(Path::toString).filter(name -> name.endsWith(".tmp")).toList());
    }
    long complete = Files.size(large);
    try (var files = Files.newDirectoryStream(folder, "big.*.raw")) {
      for (Path file : files) {
        assertEquals(complete, Files.size(file), file + "");
      }
    }
  }
}
