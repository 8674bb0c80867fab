package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths are paths, a folder takes several files, and - is standard input or output. */
class PipesAndFoldersIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void files() throws Exception {
    shell = new Shell(folder);
    Files.copy(DESK, folder.resolve("a.exr"));
    shell.run(0, "\"$0\" convert a.exr alone.exr --to exposure -q");
  }

  private byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(folder.resolve(name));
  }

  @Test
  void pipesCarryPictures() throws Exception {
    Program.Result out =
        shell.run(
            0,
            "mkdir t; export TMPDIR=$PWD/t; cat a.exr | \"$0\" convert - - --to exposure >o.exr; ls t");
    assertEquals("", out.out());
    assertTrue(out.err().startsWith("standard input -> standard output (OpenEXR)"), out.err());
    assertArrayEquals(bytes("alone.exr"), bytes("o.exr"));
    shell.run(0, "\"$0\" convert - p.exr --to exposure -q <a.exr");
    assertArrayEquals(bytes("alone.exr"), bytes("p.exr"));
    shell.run(
        0,
        "\"$0\" convert a.exr - --to exposure -q | \"$0\" convert - - --to intensity -q >back.exr"
            + " && \"$0\" convert alone.exr expected.exr --to intensity -q");
    assertArrayEquals(bytes("expected.exr"), bytes("back.exr"));
    Program.Result info = shell.run(0, "\"$0\" stats - <a.exr");
    assertTrue(info.out().startsWith("standard input: OpenEXR"), info.out());
    shell.run(
        0, "\"$0\" convert a.exr - --to exposure -q --format pfm | head -c 3 >p; grep -q PF p");
  }

  @Test
  void whatPipesBringMayBeWrong() throws Exception {
    Program.Result damaged =
        shell.run(3, "head -c 5000 a.exr | \"$0\" convert - o.exr --to exposure");
    assertTrue(damaged.err().startsWith("stops convert: standard input: scanline"), damaged.err());
    Program.Result empty = shell.run(3, "\"$0\" info - </dev/null");
    assertTrue(empty.err().contains("standard input: is empty"), empty.err());
    Program.Result place =
        shell.run(4, "TMPDIR=/nowhere \"$0\" convert - o.exr --to exposure <a.exr");
    assertTrue(place.err().contains("TMPDIR"), place.err());
    shell.run(2, "mkdir out; \"$0\" convert a.exr - out --to exposure");
    shell.run(
        3,
        "cat a.exr >b; \"$0\" convert a.exr - --to exposure --channels nope >o; [ ! -s o ] && exit 3");
  }

  @Test
  void signsOfFramesInNamesMeanNothingWithoutFrames() throws Exception {
    Files.createDirectory(folder.resolve("take #3"));
    for (String name :
        List.of("take #3/out.exr", "a#b.exr", "100%d.exr", "@shot.exr", "####.exr")) {
      shell.run(0, "\"$0\" convert a.exr '" + name + "' --to exposure -q");
      assertArrayEquals(bytes("alone.exr"), bytes(name), name);
      shell.run(0, "\"$0\" info '" + name + "'");
    }
    shell.run(
        0,
        "\"$0\" convert -- a.exr -x.exr --to exposure || \"$0\" convert --to exposure -q -- a.exr -x.exr");
    assertArrayEquals(bytes("alone.exr"), bytes("-x.exr"));
  }

  @Test
  void theNumberOfAFrameIsInTheLastPartOfThePathThatHasOne() throws Exception {
    shell.run(
        0,
        "mkdir 'take #3'; cp a.exr 'take #3/0001.exr'; cp a.exr 'take #3/0002.exr';"
            + " \"$0\" convert 'take #3/000@.exr' 'take #3/@@@@_out.exr' --frames 1-2 --to exposure -q");
    assertArrayEquals(bytes("alone.exr"), bytes("take #3/0001_out.exr"));
    assertArrayEquals(bytes("alone.exr"), bytes("take #3/0002_out.exr"));
    shell.run(0, "mkdir out; \"$0\" convert 'take #3/%04d.exr' out --frames 1-2 --to exposure -q");
    assertArrayEquals(bytes("alone.exr"), bytes("out/0002.exr"));
  }

  @Test
  void severalFilesGoIntoAFolderAndOneThatFailsStopsNoOther() throws Exception {
    Files.createDirectory(folder.resolve("out"));
    shell.run(0, "cp a.exr b.exr; head -c 5000 a.exr >bad.exr");
    Program.Result result = shell.run(3, "\"$0\" convert a.exr bad.exr b.exr out --to exposure");
    assertArrayEquals(bytes("alone.exr"), bytes("out/a.exr"));
    assertArrayEquals(bytes("alone.exr"), bytes("out/b.exr"));
    assertFalse(Files.exists(folder.resolve("out/bad.exr")));
    assertTrue(result.out().contains("bad.exr failed with status 3\n"), result.out());
    assertTrue(result.out().contains("3 files: 2 done, 1 failed (bad.exr); "), result.out());
    assertTrue(result.err().contains("stops convert: bad.exr: scanline"), result.err());
    shell.run(
        0, "\"$0\" convert a.exr out --to exposure -q; \"$0\" convert b.exr out/ --to exposure -q");
    for (String mistake :
        List.of("a.exr b.exr c.exr", "a.exr out/a.exr out", "a.exr nowhere/", "a.exr out out")) {
      Program.Result wrong = shell.run("\"$0\" convert " + mistake + " --to exposure");
      assertTrue(wrong.status() == 2 || wrong.status() == 4 || wrong.status() == 3, mistake);
      assertTrue(wrong.err().startsWith("stops convert: "), wrong.err());
    }
  }

  @Test
  void onlyCompleteOutputsAreSkipped() throws Exception {
    shell.run(
        0,
        "for i in 1 2 3 4; do cp a.exr i.$i.exr; done; cp alone.exr o.1.exr; : >o.2.exr;"
            + " head -c 300000 alone.exr >o.3.exr");
    Program.Result result =
        shell.run(0, "\"$0\" convert i.@.exr o.@.exr --frames 1-4 --to exposure --skip-existing");
    assertTrue(result.out().contains("frame 1 skipped"), result.out());
    assertTrue(result.out().contains("4 frames: 3 done, 1 skipped"), result.out());
    for (int i = 1; i <= 4; i++) {
      assertArrayEquals(bytes("alone.exr"), bytes("o." + i + ".exr"));
    }
    for (String format : List.of("npy", "pfm", "tif", "raw")) {
      shell.run(
          0,
          String.format(
              Locale.ROOT,
              """
              mkdir %1$s && "$0" convert a.exr %1$s/1.%1$s --to exposure -q
              head -c 400000 %1$s/1.%1$s >%1$s/2.%1$s
              cp a.exr 1.exr; cp a.exr 2.exr
              "$0" convert @.exr %1$s/@.%1$s --frames 1-2 --to exposure --skip-existing >%1$s/log
              grep -q '2 frames: 1 done, 1 skipped' %1$s/log && cmp %1$s/1.%1$s %1$s/2.%1$s
              """,
              format));
    }
  }

  @Test
  void aTemporaryFileThatVanishesIsSaid() throws Exception {
    Program.Result result =
        shell.run(
            "\"$0\" convert a.exr - --to exposure -q >/dev/null; mkdir gone;"
                + " \"$0\" convert a.exr gone/o.exr --to exposure --device cpu -q &"
                + " pid=$!; while kill -0 $pid 2>/dev/null; do rm -f gone/.o.exr.stops-*; done; wait $pid");
    if (result.status() != 0) {
      assertEquals(4, result.status(), result.err());
      assertTrue(result.err().contains("was removed while it was written"), result.err());
    }
  }
}
