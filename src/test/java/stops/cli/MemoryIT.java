package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Required;

/**
 * What the program takes at the most, as the system counts it: 40 MB for Java, and what {@code
 * --memory} says and a quarter of that. The inputs are several times as large as that. What does
 * not fit is refused before it is begun.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryIT {
  private static final int MEMORY = 64;
  private static final double MOST = 40 + 1.25 * MEMORY;

  /** Prints the peak of resident memory in MB after all output of a command, and ends as it did. */
  private static final String PEAK =
      """
      import os, subprocess, sys
      process = subprocess.Popen(sys.argv[1:])
      _, status, used = os.wait4(process.pid, 0)
      print("peak", used.ru_maxrss // 1024)
      sys.exit(os.waitstatus_to_exitcode(status))
      """;

  private static final Pattern PRINTED = Pattern.compile("(?m)^peak (\\d+)$");
  private static final Pattern NEEDED = Pattern.compile("needs (\\d+)M of memory for .*\\n");

  @TempDir static Path inputs = Path.of("");
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeAll
  void makeInputs() throws Exception {
    Required.program("oiiotool");
    Required.program("exrmaketiled");
    new Shell(inputs)
        .run(
            0,
            """
            set -e
            noise="--noise:type=uniform:min=0.1:max=9"
            oiiotool --create 4096x4096 3 $noise -d float --compression none -o large.exr
            oiiotool large.exr -d half --compression zip -o zip.exr
            oiiotool large.exr -d float --compression zip --tile 0 0 -o zip.tif
            oiiotool large.exr -d float --compression none --attrib planarconfig separate -o planes.tif
            oiiotool large.exr -d float -o rgbe.hdr
            exrmaketiled -m zip.exr mip.exr
            oiiotool --create 100000x64 4 $noise -d half --compression zip -o wide.exr
            oiiotool --create 4096x4096 3 -d float --compression zip --tile 0 0 \\
              --attrib tiff:RowsPerStrip 4096 -o one.tif
            /usr/bin/python3 -c '
            import numpy as np
            a = np.fromfile("large.exr", "u1", 4096 * 4096 * 12).view("u1") % 120
            a = a[: 4096 * 4096 * 3].reshape(4096, 4096, 3).astype("f4") + 1
            np.save("fortran.npy", np.asfortranarray(a))
            np.save("big.npy", a.astype(">f4"))
            a.tofile("flat.raw")
            open("map.pfm", "wb").write(b"PF\\n4096 4096\\n1\\n" + a.astype(">f4").tobytes())
            '
            rm large.exr
            for i in 1 2 3 4 5 6 7 8; do ln zip.exr frame.000$i.exr; ln wide.exr wide.000$i.exr; done
            """);
  }

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  private Program.Result run(String words, int memory) throws Exception {
    return shell.run(
        String.format(
            Locale.ROOT,
            "/usr/bin/python3 -c '%s' \"$0\" %s --memory %dM",
            PEAK,
            words.replace("IN/", inputs + "/"),
            memory));
  }

  private static int peak(Program.Result result) {
    return PRINTED
        .matcher(result.out())
        .results()
        .mapToInt(printed -> Integer.parseInt(printed.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convert IN/zip.exr out.exr --to exposure -q --device cpu",
        "convert IN/mip.exr out.exr --to exposure -q --device cpu",
        "convert IN/zip.tif out.tif --to exposure -q --device cpu",
        "convert IN/planes.tif out.tif --to exposure -q --device cpu",
        "convert IN/rgbe.hdr out.exr --to exposure -q --device cpu",
        "convert IN/map.pfm out.pfm --to exposure -q --device cpu",
        "convert IN/map.pfm out.hdr --from exposure --to intensity -q --device cpu",
        "convert IN/fortran.npy out.npy --to exposure -q --device cpu",
        "convert IN/big.npy out.exr --to exposure -q --device cpu",
        "convert IN/flat.raw out.raw --raw f32 --to exposure -q --device cpu",
        "convert IN/flat.raw out.npy --raw f32 --to exposure --type f64 -q --device cpu",
        "convert IN/frame.####.exr out.####.exr --frames 1-8 --to exposure -q --device cpu",
        "stats IN/zip.exr",
        "stats IN/zip.tif",
        "stats IN/rgbe.hdr",
        "stats IN/map.pfm",
      })
  void everyFormatIsConvertedWithinWhatIsAllowed(String words) throws Exception {
    Program.Result result = run(words, MEMORY);
    assertEquals(0, result.status(), result.toString());
    assertTrue(peak(result) <= MOST, () -> words + ": " + result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convert IN/wide.exr out.exr --to exposure -q --device cpu",
        "convert IN/one.tif out.tif --to exposure -q --device cpu",
        "stats IN/wide.exr",
      })
  void whatDoesNotFitIsRefusedAndFitsIntoWhatItIsSaidToNeed(String words) throws Exception {
    Program.Result refused = run(words, 32);
    assertEquals(3, refused.status(), refused.toString());
    assertEquals(1, refused.err().lines().count(), refused.toString());
    assertTrue(peak(refused) <= 40 + 1.25 * 32, refused.toString());
    MatchResult needed = NEEDED.matcher(refused.err()).results().findFirst().orElseThrow();
    int enough = Integer.parseInt(needed.group(1));
    Program.Result result = run(words, enough);
    assertEquals(0, result.status(), result.toString());
    assertTrue(peak(result) <= 40 + 1.25 * enough, () -> enough + ": " + result);
  }

  @Test
  void framesThatDoNotFitAreRefusedEachInOneLine() throws Exception {
    Program.Result refused =
        run("convert IN/wide.####.exr out.####.exr --frames 1-8 --to exposure -q --device cpu", 32);
    assertEquals(3, refused.status(), refused.toString());
    assertEquals(8, NEEDED.matcher(refused.err()).results().count(), refused.toString());
    assertFalse(refused.err().contains("Exception"), refused.toString());
    assertTrue(peak(refused) <= 40 + 1.25 * 32, refused.toString());
  }

  /** Java's compiler takes memory of its own where a process works for long. */
  @Test
  void theJobsOfABatchShareWhatIsAllowed() throws Exception {
    Program.Result result =
        shell.run(
            3,
            String.format(
                Locale.ROOT,
                """
                for i in 1 2 3; do
                  echo "IN/zip.exr out.exr --to exposure"
                  echo "IN/zip.tif out.tif --to exposure --threads $i"
                  echo "IN/map.pfm out.pfm --to exposure --memory 48M"
                done | sed 's:IN/:%s/:; s: out: %s/out:' >jobs
                echo "%s/one.tif one.tif --to exposure" >>jobs
                /usr/bin/python3 -c '%s' "$0" convert --batch jobs --memory %dM --device cpu -q
                """,
                inputs,
                folder,
                inputs,
                PEAK,
                MEMORY));
    List<String> lines = result.out().lines().toList();
    assertEquals(2, lines.size(), result.toString());
    assertTrue(lines.getFirst().startsWith("failed 10 (status 3): "), result.toString());
    assertTrue(lines.getFirst().contains(" of memory for "), result.toString());
    assertTrue(peak(result) <= MOST + 20, result.toString());
  }
}
