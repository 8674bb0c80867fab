package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong on a command line is one line, which names it, and its own exit status. */
class CommandLineIT {
  private static final String DESK =
      Path.of("src/main/examples/desk.exr").toAbsolutePath().toString();

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | convert a b --tto exposure                            | there is no option --tto
          2 | convert --tto exposure                                | there is no option --tto
          2 | convert a b                                           | --to is missing
          2 | convert DESK --to exposure                            | OUT is missing
          2 | convert DESK o.exr --to                               | --to needs a value
          2 | convert DESK o.exr --to light                         | neither exposure nor intensity
          2 | convert DESK o.exr --to exposure --threads 0          | --threads must be a whole number
          2 | convert DESK o.exr --to exposure --threads -1         | --threads must be a whole number
          2 | convert DESK o.exr --to exposure --memory much        | is not a size
          2 | convert DESK o.exr --to exposure --channels=          | has an empty name
          2 | convert DESK o.exr --to exposure --channels ,         | has an empty name
          2 | convert DESK o.exr --to exposure --gain 0,5           | write 0.5
          2 | convert DESK o.exr --to exposure --gain 9999          | --gain must be
          2 | convert DESK o.exr --to exposure --zero one           | is not one of inf
          2 | convert DESK o.exr --to exposure --type f8            | is not one of f16
          2 | convert DESK o.exr --to exposure --raw f32,middle     | is not a byte order
          2 | convert DESK o.exr --to exposure --format cin         | is not one of exr
          2 | convert DESK @.exr --to exposure --frames 1           | IN is one file
          2 | convert a@ b@ --to exposure --frames 2147483648       | is too large
          2 | convert a@ b@ --to exposure --frames x                | is not a range
          2 | convert --batch                                       | --batch needs a value
          2 | convert DESK o.exr --batch -                          | all files are in the jobs
          2 | convert --batch - --to exposure                       | --to belongs in the jobs
          2 | convert --batch - --memory much                       | is not a size
          2 | convert --batch - --device auto,cpu                   | auto cannot be combined
          2 | convert --batch - --jobs 9                            | from 1 to 8
          2 | convert DESK o.exr --to exposure --jobs 2             | --jobs goes with --batch
          3 | convert --batch nothere                               | nothere: there is no such file
          3 | convert --batch . --json                              | .: cannot be read
          4 | convert DESK o.cin --to exposure                      | no format has the ending .cin
          4 | convert DESK o.xyz --to exposure                      | no format has the ending .xyz
          4 | convert DESK o.png --to exposure                      | hold integers
          3 | info @shot.exr                                        | @shot.exr: there is no such file
          2 | info -x.exr                                           | ./-x.exr
          2 | match DESK                                            | B is missing
          2 | match DESK DESK --roi 1,2,0,4                         | is no rectangle
          2 | match DESK DESK --by eye                              | is neither pixels nor metadata
          2 | match DESK DESK --by metadata --roi 1,2,3,4           | is about pixels
          2 | match DESK --to 0                                     | must be an intensity above 0
          2 | match DESK --to 1 --distribution                      | compares with a value
          2 | match DESK DESK --floor dark                          | is not a number
          2 | match DESK DESK --cdl x.xml                           | does not end in .cc
          2 | match DESK DESK DESK --cdl x.cc                       | holds one correction
          2 | match DESK DESK --apply x.exr                         | is neither a folder
          4 | match DESK DESK --apply {}.xyz                        | no format has the ending .xyz
          4 | match DESK DESK --cdl nodir/x.cc                      | nodir
          3 | match DESK nothere.exr                                | there is no such file
          3 | match DESK DESK --roi 900,900,4,4                     | has no pixel of the region
          2 | info                                                  | FILE is missing
          2 | info DESK DESK                                        | for?
          2 | info DESK --json=yes                                  | takes no value
          2 | devices 0:0                                           | for?
          2 | verify --all                                          | there is no option --all
          2 | exposure x                                            | is not a number
          2 | exposure 0,18                                         | write 0.18
          2 | exposure 1/0                                          | is not a number
          2 | intensity -1,5                                        | write -1.5
          2 | convert DESK o.exr --to exposure --memory 0           | '0' is not a size
          4 | bench --json nodir/x.json                             | nodir
          3 | bench nothere.exr --quick --max-time 3                | there is no such file
          3 | bench --compare DESK                                  | is not a report
          2 | bench --types f32                                     | is not a pair
          2 | bench --size 1                                        | --size must be
          2 | conver                                                | convert?
          """)
  void mistakes(int status, String words, String said) throws Exception {
    Program.Result result =
        Program.packaged().in(folder).run(words.strip().replace("DESK", DESK).split(" +", -1));
    assertEquals(status, result.status(), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains(said), result.err());
    assertEquals("", result.out());
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exposure", "intensity", "convert", "match", "info", "devices", "verify", "bench"})
  void everyCommandHasHelpAndVersion(String command) throws Exception {
    Program.Result help = Program.packaged().run(command, "--nonsense", "--help");
    assertEquals(0, help.status(), help.err());
    assertTrue(help.out().startsWith("Usage: stops " + command + " "), help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() < 80), help.out());
    Program.Result version = Program.packaged().run(command, "--version");
    assertEquals(0, version.status(), version.err());
    assertEquals(Program.packaged().run("--version").out(), version.out());
  }

  @Test
  void theLastOfRepeatedOptionsCounts() throws Exception {
    Program.Result result =
        Program.packaged()
            .in(folder)
            .run(
                "convert",
                DESK,
                "o.exr",
                "-q",
                "--to=intensity",
                "-q",
                "--type=f16",
                "--gain",
                "-1/3",
                "--type=f32",
                "--device=opencl",
                "--to",
                "exposure",
                "--device",
                "cpu");
    assertEquals(0, result.status(), result.err());
    Program.Result info = Program.packaged().in(folder).run("info", "o.exr");
    assertTrue(info.out().contains("exposure"), info.out());
    assertTrue(info.out().contains("R, float32"), info.out());
  }

  @Test
  void listsOfNumbersAreReadAsPeopleAndProgramsWriteThem() throws Exception {
    Program.Result list =
        Program.packaged().reading("\uFEFF0.25\r\n1/8, 2;4\r\n\r\n 8\t16,\r\n").run("exposure");
    assertEquals(new Program.Result(0, "-2.0\n-3.0\n1.0\n2.0\n3.0\n4.0\n", ""), list);
    Program.Result comma = Program.packaged().reading("0,18\n1,5\n").run("exposure");
    assertEquals(3, comma.status());
    assertEquals(
        "stops exposure: standard input, line 1: \"0,18\" is not a number: it has a decimal comma; write 0.18\n",
        comma.err());
    Program.Result fractions = Program.packaged().run("exposure", "1/256", "-1/3");
    assertEquals("-8.0\n-1073.0\n", fractions.out());
  }
}
