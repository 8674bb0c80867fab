package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir Path folder = Path.of("");

  @Test
  void startsFromAnyFolderAndThroughASymbolicLink() throws Exception {
    Path link = folder.resolve("a link");
    Files.createSymbolicLink(link, Program.distribution().resolve("bin/stops"));
    assertEquals(
        new Program.Result(0, "1.0\n", ""), Program.at(link).in(folder).run("exposure", "2"));
    Path relative = folder.resolve("relative");
    Files.createSymbolicLink(relative, Path.of("a link"));
    assertEquals(
        new Program.Result(0, "1.0\n", ""), Program.at(relative).in(folder).run("exposure", "2"));
  }

  @Test
  void startsFromAFolderWithSpacesInItsName() throws Exception {
    Path copy = folder.resolve("a copy of it");
    copyTree(Program.distribution(), copy);
    Program program = Program.at(copy.resolve("bin/stops")).in(folder);
    assertEquals(new Program.Result(0, "1.0\n", ""), program.run("exposure", "2"));
    assertEquals(0, program.run("devices").status());
  }

  @Test
  void findsAJdk25BesideAnOlderDefault() throws Exception {
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("bin"));
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho too old >&2\nexit 1\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Program program =
        Program.packaged()
            .with("JAVA_HOME", old.toString())
            .with("PATH", old.resolve("bin") + ":/usr/bin:/bin");
    assertEquals(new Program.Result(0, "1.0\n", ""), program.run("exposure", "2"));
  }

  @Test
  void aWrongStopsJavaHomeIsSaidInOneLine() throws Exception {
    Program.Result result =
        Program.packaged().with("STOPS_JAVA_HOME", folder.toString()).run("exposure", "2");
    assertEquals(2, result.status());
    assertEquals(1, result.err().lines().count());
    assertTrue(result.err().contains("STOPS_JAVA_HOME"), result.err());
  }

  @Test
  void stopsJavaOptsReachJavaAndBadOnesAreShown() throws Exception {
    Program.Result good =
        Program.packaged().with("STOPS_JAVA_OPTS", "-Xmx64m -Dx=y").run("exposure", "2");
    assertEquals(new Program.Result(0, "1.0\n", ""), good);
    Program.Result bad = Program.packaged().with("STOPS_JAVA_OPTS", "-XX:+Nonsense").run("devices");
    assertEquals(2, bad.status());
    assertTrue(bad.err().contains("Nonsense"), bad.err());
  }

  /** A class that is not in the cache is read from its jar and verified at every start. */
  @Test
  void convertStartsWithAllItsClassesFromTheCache() throws Exception {
    Path picture = Path.of("src/main/examples/desk.exr").toAbsolutePath();
    Path log = folder.resolve("classes.log");
    Program.Result result =
        Program.packaged()
            .in(folder)
            .with("STOPS_JAVA_OPTS", "-Xlog:class+load:file=" + log)
            .run("convert", picture.toString(), "out.exr", "--to", "exposure", "--device", "cpu");
    assertEquals(0, result.status(), result.err());
    List<String> lines = Files.readAllLines(log);
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.matches(".*stops.cli.ConvertCommand source: shared.*")),
        "no class of Stops is from the cache");
    assertEquals(List.of(), lines.stream().filter(line -> line.contains("source: file:")).toList());
  }

  @Test
  void filesAreConvertedByPlainCodeUnlessTheUserWantsVectors() throws Exception {
    Path picture = Path.of("src/main/examples/desk.exr").toAbsolutePath();
    String[] convert = {
      "convert", picture.toString(), "out.exr", "--to", "exposure", "--force", "--device", "cpu"
    };
    Program program = Program.packaged().in(folder);
    Program.Result plain = program.run(convert);
    assertTrue(plain.out().contains("plain code"), plain::out);
    byte[] bytes = Files.readAllBytes(folder.resolve("out.exr"));
    Program.Result vectors = program.with("STOPS_VECTORS", "yes").run(convert);
    assertTrue(vectors.out().contains("-bit vectors"), vectors::out);
    assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("out.exr")));
  }

  @Test
  void noWarningOfTheJvmReachesTheUser() throws Exception {
    Program.Result result = Program.packaged().run("info", folder.resolve("absent").toString());
    assertEquals(3, result.status());
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals("", result.out());
  }

  @Test
  void helpVersionAndWrongCommands() throws Exception {
    assertTrue(Program.packaged().run("--help").out().contains("stops convert"));
    assertTrue(Program.packaged().run("--version").out().startsWith("stops 0"));
    assertEquals(2, Program.packaged().run().status());
    Program.Result wrong = Program.packaged().run("conver");
    assertEquals(2, wrong.status());
    assertTrue(wrong.err().contains("convert?"), wrong.err());
    for (String command : new String[] {"exposure", "intensity", "convert", "info", "devices"}) {
      Program.Result help = Program.packaged().run(command, "--help");
      assertEquals(0, help.status(), command);
      assertTrue(help.out().contains("stops " + command), help.out());
    }
  }

  private static void copyTree(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
