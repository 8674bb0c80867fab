package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What surrounds the program is up to others: variables, limits, descriptors, locales. */
class EnvironmentIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JAVA_TOOL_OPTIONS=-XX:+UseG1GC",
        "JAVA_TOOL_OPTIONS='-XX:+UseParallelGC -Xmx300m'",
        "JAVA_TOOL_OPTIONS=-XX:+UseZGC",
        "JAVA_TOOL_OPTIONS=-Xshare:auto",
        "JAVA_TOOL_OPTIONS=-Xshare:off",
        "JAVA_TOOL_OPTIONS=-XX:SharedArchiveFile=/nowhere.jsa",
        "JAVA_TOOL_OPTIONS=-Xmx64m",
        "JAVA_TOOL_OPTIONS='-Dname=\"two words\"'",
        "JAVA_TOOL_OPTIONS=-Dpattern=*",
        "JAVA_TOOL_OPTIONS=",
        "_JAVA_OPTIONS=",
        "JDK_JAVA_OPTIONS=-Xmx100m",
        "_JAVA_OPTIONS=-XX:+UseG1GC",
        "STOPS_JAVA_OPTS=-XX:MaxRAM=192m",
        "STOPS_JAVA_OPTS=-XX:-UseCompressedOops",
        "STOPS_JAVA_OPTS=-XX:AOTMode=off",
        "STOPS_JAVA_OPTS='-XX:+UseG1GC -Xshare:auto -Xmx64m'",
      })
  void whatUsersSetForEveryJavaDoesNotMatter(String variable) throws Exception {
    Program.Result scalar = shell.run(variable + " \"$0\" exposure 0.18");
    assertEquals(new Program.Result(0, "-2.473931188332412\n", ""), scalar);
    Program.Result file =
        shell.run(
            0, variable + " \"$0\" convert " + DESK + " o.exr --to exposure --device cpu --json");
    assertTrue(file.out().startsWith("{"), file.out());
    assertEquals(2, file.err().lines().count(), file.err());
  }

  @Test
  void verifyStartsWithThemToo() throws Exception {
    shell.run(0, "JAVA_TOOL_OPTIONS='-XX:+UseG1GC -Xshare:auto' \"$0\" verify --device cpu");
  }

  @Test
  void exitStatusOneMeansWhatItMeansElsewhere() throws Exception {
    Program.Result zero = shell.run("JAVA_TOOL_OPTIONS=-Xmx64m \"$0\" exposure 0");
    assertEquals(1, zero.status());
    assertEquals("undefined\n", zero.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JAVA_TOOL_OPTIONS=-XX:+Nonsense \"$0\" exposure 2",
        "STOPS_JAVA_OPTS=-Xmx1k \"$0\" exposure 2",
        "STOPS_JAVA_OPTS='-Xshare:dump -XX:SharedArchiveFile=made.jsa' \"$0\" exposure 2",
        "STOPS_JAVA_OPTS=--version \"$0\" devices",
        "_JAVA_OPTIONS=-javaagent:/nowhere.jar \"$0\" verify --device cpu",
        "(ulimit -v 300000; \"$0\" exposure 2)",
      })
  void aJavaThatCannotStartIsSaidInOneLine(String script) throws Exception {
    Program.Result result = shell.run(2, script);
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("stops: Java cannot start with "), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aLimitOnAddressesLeavesEnoughToWork() throws Exception {
    shell.run(0, "(ulimit -v 3000000; \"$0\" convert " + DESK + " o.exr --to exposure)");
    shell.run(0, "(ulimit -v 3000000; \"$0\" exposure 2)");
  }

  @Test
  void aLimitOnAddressesIsNotUsedUpByThreads() throws Exception {
    shell.run(
        0,
        "oiiotool "
            + DESK
            + " --resize 2000x2000 --ch R,G,B -d half --compression zip -o large.exr"
            + " && (ulimit -v 800000; \"$0\" convert large.exr o.exr --to exposure -q --threads 16)");
  }

  @Test
  void aCurrentFolderThatWasRemovedIsSaid() throws Exception {
    Program.Result result =
        shell.run(2, "mkdir gone && cd gone && rmdir ../gone && \"$0\" exposure 2");
    // The shell itself has a word to say, too.
    assertEquals(
        List.of("stops: the current folder is no longer there; change to another one"),
        result.err().lines().filter(line -> line.startsWith("stops")).toList());
    assertEquals("", result.out());
  }

  @Test
  void aColonInTheProgramsPathIsSaid() throws Exception {
    Program.Result result =
        shell.run(
            2, "mkdir a:b && cp -r " + Program.distribution() + "/. a:b && a:b/bin/stops devices");
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("colon"), result.err());
    shell.run(0, "cd a:b/bin && ./stops exposure 2");
  }

  @Test
  void aNameThatIsNoUtf8IsRefusedAndNoOtherFileIsMeant() throws Exception {
    for (String script :
        List.of(
            "cp " + DESK + " \"$(printf 'b\\377.exr')\"; \"$0\" info \"$(printf 'b\\377.exr')\"",
            "\"$0\" convert " + DESK + " \"$(printf 'c\\377.exr')\" --to exposure -q")) {
      Program.Result result = shell.run(2, script);
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().contains("UTF-8"), result.err());
    }
    assertEquals("1\n", shell.run(0, "ls | wc -l | tr -d ' '").out());
  }

  @Test
  void aCacheThatIsDamagedAbsentOrUnreadableIsNotUsed() throws Exception {
    Path copy = folder.resolve("moved");
    shell.run(0, "cp -r " + Program.distribution() + " moved");
    String scalar = copy.resolve("bin/stops") + " exposure 2";
    String convert = copy.resolve("bin/stops") + " convert " + DESK + " o.exr --to exposure -q";
    for (String damage :
        List.of(
            "true",
            "chmod -R a-w moved",
            "chmod -R u+w moved; for f in moved/lib/*.aot; do head -c 100000 $f >x; cat x >$f; done",
            "for f in moved/lib/*.aot; do echo nonsense >$f; done",
            "rm moved/lib/*.aot")) {
      shell.run(0, damage);
      assertEquals(new Program.Result(0, "1.0\n", ""), shell.run(scalar), damage);
      shell.run(0, convert);
    }
  }

  @Test
  void closedDescriptorsAreNotTakenForFiles() throws Exception {
    Program.Result input = shell.run(3, "\"$0\" exposure <&-");
    assertTrue(input.err().contains("standard input cannot be read"), input.err());
    Program.Result output = shell.run(4, "\"$0\" exposure 2 >&-");
    assertTrue(output.err().contains("standard output cannot be written"), output.err());
    assertEquals(new Program.Result(0, "1.0\n", ""), shell.run("\"$0\" exposure 2 2>&-"));
    Program.Result verify = shell.run(0, "\"$0\" verify --device cpu 2>&-");
    assertTrue(verify.out().contains("passed"), verify.out());
    shell.run(0, "\"$0\" convert " + DESK + " o.exr --to exposure <&- >&- 2>&- || [ $? = 4 ]");
    Program.Result info = shell.run("\"$0\" info o.exr");
    assertEquals(0, info.status(), info.err());
  }

  @Test
  void standardOutputThatIsFullOrClosedIsSaid() throws Exception {
    for (String script :
        List.of(
            "\"$0\" info " + DESK + " >/dev/full",
            "\"$0\" exposure 1 2 3 >/dev/full",
            "\"$0\" --help >/dev/full",
            "\"$0\" convert " + DESK + " - --to exposure -q >/dev/full")) {
      Program.Result full = shell.run(4, script);
      assertTrue(full.err().contains("standard output"), full.err());
      assertTrue(full.err().contains("No space left"), full.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=xx_YY", "LC_ALL=xx_YY.UTF-8", "env -i"})
  void fileNamesAreBytes(String locale) throws Exception {
    Path place = folder.resolve("Größe 写真");
    Files.createDirectory(place);
    Files.copy(DESK, place.resolve("été.exr"));
    shell.run(0, "cp -r " + Program.distribution() + " '" + place + "/ü'");
    String program = "'" + place + "/ü/bin/stops'";
    shell.run(
        0,
        String.format(
            Locale.ROOT,
            "%s %s convert '%s/été.exr' '%s/ночь.exr' --to exposure --device cpu -q",
            locale,
            program,
            place,
            place));
    byte[] there = Files.readAllBytes(place.resolve("ночь.exr"));
    shell.run(0, "\"$0\" convert " + DESK + " plain.exr --to exposure --device cpu -q");
    assertArrayEquals(Files.readAllBytes(folder.resolve("plain.exr")), there);
    Program.Result absent =
        shell.run(
            3,
            String.format(
                Locale.ROOT, "%s %s info '%s/fehlt für immer.exr'", locale, program, place));
    assertTrue(absent.err().contains("für immer.exr: there is no such file"), absent.err());
  }
}
