package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;

/**
 * Any call of the system may fail. A conversion then ends in the right bytes or in one line, and
 * its output is the old file or the whole new one.
 */
class FailingSystemIT {
  @TempDir Path folder = Path.of("");
  private Path library = Path.of("");
  private Path work = Path.of("");

  @BeforeEach
  void library() throws Exception {
    Required.program("gcc");
    library = folder.resolve("libfailing_system.so");
    Command.outputOf(
        "gcc",
        "-shared",
        "-fPIC",
        "-O2",
        "-o",
        library.toString(),
        "src/test/c/failing_system.c",
        "-ldl");
    // Other files of the test folder do not count.
    work = Files.createDirectory(folder.resolve("work"));
  }

  @Test
  void whateverCallFailsTheOutputIsTheOldFileOrTheWholeNewOne() throws Exception {
    Program.Result result =
        Program.at(Path.of(System.getProperty("java.home"), "bin", "java"))
            .with("LD_PRELOAD", library.toString())
            .run(
                "-XX:+UseSerialGC",
                "-Dstops.plain=true",
                "-Dstops.ownProcess=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath()
                    + ":"
                    + Program.distribution().resolve("lib/*"),
                FailingSystemMain.class.getName(),
                library.toString(),
                work.toString());
    assertEquals(0, result.status(), result.err());
    Map<String, Integer> failed = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      String[] words = line.split(" ", -1);
      if (line.startsWith("failed ")) {
        failed.put(words[1], Integer.parseInt(words[2]));
      } else {
        wrong.add(line);
      }
    }
    assertEquals(List.of(), wrong);
    // Otherwise nothing was tested.
    for (String call :
        List.of("open64", "pread64", "pwrite64", "fsync", "close", "rename", "fcntl", "mmap64")) {
      assertTrue(failed.getOrDefault(call, 0) >= 10, () -> call + " is not in " + failed);
    }
  }

  /** The program as users start it: some of the calls, since every start takes a while. */
  @Test
  void theProgramItselfEndsWithOneLine() throws Exception {
    Path desk = Path.of("src/main/examples/desk.exr").toAbsolutePath();
    Path picture = work.resolve("a.exr");
    Files.copy(desk, picture);
    assertEquals(0, run(0, 0, desk, work.resolve("right.exr")).status());
    byte[] right = Files.readAllBytes(work.resolve("right.exr"));
    Files.delete(work.resolve("right.exr"));
    byte[] old = Files.readAllBytes(desk);
    // Every fourth call, with errors by turns.
    for (int at = 1; at == 1 || hasFailed(); at += 4) {
      Files.write(picture, old);
      Program.Result result = run(at, at % 8 == 1 ? 5 : 28, picture, picture);
      byte[] now = Files.readAllBytes(picture);
      String what = String.format(Locale.ROOT, "call %d: %s", at, result);
      if (result.status() == 0) {
        assertArrayEquals(right, now, what);
        assertEquals("", result.err(), what);
      } else {
        assertTrue(result.status() == 3 || result.status() == 4, what);
        assertEquals(1, result.err().lines().count(), what);
        assertTrue(result.err().startsWith("stops convert: " + picture), what);
        assertFalse(result.err().contains("unexpectedly"), what);
        if (!java.util.Arrays.equals(right, now)) {
          assertArrayEquals(old, now, what);
        }
      }
      try (Stream<Path> files = Files.list(work)) {
        assertEquals(List.of(picture), files.toList(), what);
      }
    }
  }

  /** What goes through pipes lies in a folder for temporary files meanwhile. */
  @Test
  void temporaryFilesOfPipesMayFailToo() throws Exception {
    Shell shell = new Shell(folder);
    String script =
        "export LD_PRELOAD=%1$s FAIL_FOLDER=%2$s/ TMPDIR=%2$s FAIL_AT=%3$d FAIL_ERROR=5"
            + " FAIL_TOLD=%4$s;"
            + " \"$0\" convert - - --to exposure -q --device cpu <src >out";
    Files.copy(Path.of("src/main/examples/desk.exr"), folder.resolve("src"));
    shell.run(0, String.format(Locale.ROOT, script, library, work, 0, told()));
    byte[] right = Files.readAllBytes(folder.resolve("out"));
    for (int at = 1; at == 1 || hasFailed(); at += 4) {
      Program.Result result =
          shell.run(String.format(Locale.ROOT, script, library, work, at, told()));
      String what = String.format(Locale.ROOT, "call %d: %s", at, result);
      assertFalse(result.err().contains("unexpectedly"), what);
      if (result.status() == 0) {
        assertArrayEquals(right, Files.readAllBytes(folder.resolve("out")), what);
        assertTrue(result.err().isEmpty() || result.err().contains("cannot be removed"), what);
      } else {
        // What a pipe has taken cannot be taken back.
        assertTrue(result.status() == 3 || result.status() == 4, what);
      }
      assertTrue(result.err().lines().count() <= 1, what);
      boolean left;
      try (Stream<Path> files = Files.list(work)) {
        left = files.findAny().isPresent();
      }
      assertTrue(!left || result.err().contains("cannot be removed"), what);
      assertEquals("", Command.outputOf("find", work.toString(), "-mindepth", "1", "-delete"));
    }
  }

  private Path told() {
    return folder.resolve("told");
  }

  /** Whether a call failed since this was asked before. */
  private boolean hasFailed() throws Exception {
    return Files.deleteIfExists(told());
  }

  private Program.Result run(int at, int error, Path from, Path to) throws Exception {
    return Program.packaged()
        .with("LD_PRELOAD", library.toString())
        .with("FAIL_FOLDER", work.toString())
        .with("FAIL_AT", Integer.toString(at))
        .with("FAIL_ERROR", Integer.toString(error))
        .with("FAIL_TOLD", told().toString())
        .run(
            "convert", from.toString(), to.toString(), "--to", "exposure", "-q", "--device", "cpu");
  }
}
