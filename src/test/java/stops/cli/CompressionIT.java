package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/** {@code --compression}, judged by OpenEXR's tools. */
class CompressionIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  /** What exrheader calls each. */
  private static final Map<String, String> NAMES =
      Map.of(
          "none", "none",
          "RLE", "run-length encoding",
          "ZIPS", "zip, individual scanlines",
          "zip:9", "zip, multi-scanline blocks",
          "PIZ", "piz",
          "PXR24", "pxr24",
          "dwaa", "dwa, small scanline blocks",
          "DWAB:20", "dwa, medium scanline blocks");

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void pictures() throws Exception {
    Required.program("oiiotool");
    Required.program("exrheader");
    Files.copy(DESK, folder.resolve("desk.exr"));
    run(0, "oiiotool desk.exr -d float --ch R,G,B,A=0.3,Z=12.5 -o float.exr");
    run(0, "exrmaketiled -t 48 20 desk.exr tiled.exr");
    run(0, "exrmaketiled -m -t 64 64 float.exr levels.exr");
  }

  private Program.Result run(int status, String script) throws Exception {
    return new Shell(folder).run(status, script);
  }

  @Test
  void othersReadWhatIsWritten() throws Exception {
    for (String picture : List.of("desk", "float", "tiled", "levels")) {
      for (Map.Entry<String, String> name : NAMES.entrySet()) {
        boolean half = picture.equals("desk") || picture.equals("tiled");
        boolean dwa = name.getKey().toLowerCase(Locale.ROOT).startsWith("dwa");
        boolean exact = !dwa && (half || !name.getKey().equals("PXR24"));
        String file = picture + ".exr";
        Program.Result made =
            run(0, "$0 adjust " + file + " o.exr --stops 0 --compression " + name.getKey());
        assertEquals(exact, !made.err().contains("warning: "), made.err());
        String header = run(0, "exrheader o.exr").out();
        assertTrue(
            header.contains("compression (type compression): " + name.getValue() + "\n"), header);
        assertEquals(name.getKey().contains("DWAB:"), header.contains("dwaCompressionLevel"));
        String allowed =
            exact ? "" : dwa ? " --fail 4 --failpercent 1 --hardfail 40" : " --fail 0.01";
        run(0, "oiiotool" + allowed + " --diff " + file + " o.exr");
        // OpenEXR's decoder and ours agree on every bit.
        run(0, "$0 adjust o.exr ours.exr --stops 0 --compression none -q");
        run(0, "oiiotool --diff o.exr ours.exr");
      }
    }
  }

  @Test
  void dwaIsAsSmallAndAsNearAsOpenExrs() throws Exception {
    for (String name : List.of("dwaa", "dwab")) {
      run(0, "$0 adjust desk.exr ours.exr --stops 0 -q --compression " + name);
      run(0, "oiiotool desk.exr --compression " + name + " -o theirs.exr");
      double ours = Files.size(folder.resolve("ours.exr"));
      double theirs = Files.size(folder.resolve("theirs.exr"));
      assertTrue(ours < 1.2 * theirs, ours + " and " + theirs + " bytes");
      run(0, "oiiotool --fail 0.5 --failpercent 3 --hardfail 20 --diff desk.exr ours.exr");
    }
  }

  @Test
  void whatGoesThroughTheEnginesIsCompressedToo() throws Exception {
    run(0, "$0 convert desk.exr plain.exr --to exposure -q");
    Program.Result piz = run(0, "$0 convert desk.exr e.exr --to exposure --compression piz");
    assertFalse(piz.err().contains("loses"), piz.err());
    run(0, "oiiotool --diff plain.exr e.exr");
    Program.Result dwa = run(0, "$0 convert desk.exr d.exr --to exposure --compression dwaa");
    assertTrue(dwa.err().contains("warning: DWAA is made for light"), dwa.err());
    assertTrue(
        run(0, "$0 convert - - --to exposure --compression rle <desk.exr >p.exr").out().isEmpty());
    assertTrue(run(0, "exrheader p.exr").out().contains("run-length"));
    run(0, "mkdir m; $0 match desk.exr float.exr --apply m --compression zips -q");
    assertTrue(run(0, "exrheader m/float.exr").out().contains("zip, individual"));
    run(
        0,
        "$0 convert desk.exr d.tif --to exposure -q; $0 convert d.tif i.exr --to intensity "
            + "--compression dwab --type f16 -q");
    assertTrue(run(0, "exrheader i.exr").out().contains("dwa, medium"));
  }

  @Test
  void aPictureOfLargerChunksGetsItsCompressionBack() throws Exception {
    run(0, "oiiotool desk.exr --resize 4000x400 -d half --compression piz -o piz.exr");
    run(0, "$0 convert piz.exr e.exr --to exposure --compression zips -q");
    run(0, "$0 convert e.exr back.exr --to intensity -q");
    assertTrue(run(0, "exrheader back.exr").out().contains("compression): piz\n"));
    // Negative samples do not come back.
    run(0, "oiiotool piz.exr --clamp:min=0 -o light.exr && oiiotool --diff light.exr back.exr");
  }

  @Test
  void anAdjustmentThatALossyCompressionFollowsIsNotTakenBackSilently() throws Exception {
    Program.Result made = run(0, "$0 adjust desk.exr o.exr --stops 1 --compression dwaa");
    assertTrue(made.out().contains("the compression changes samples"), made.out());
    assertTrue(run(1, "$0 adjust o.exr b.exr --undo").err().contains("does not say how many"));
  }

  @Test
  void theDecoderOfAnotherCompressionIsWithinTheMemoryBound() throws Exception {
    run(
        0,
        "oiiotool --pattern constant:color=0.2,1.5,3,1,7 12000x520 5 --chnames R,G,B,A,Z --noise:seed=1 "
            + "-d float --compression zip -o big.exr");
    // Enough for one strip in work, and not for two by the buffers of ZIP as well as PIZ.
    run(0, "$0 adjust big.exr piz.exr --stops 0 --compression piz --memory 128M --device cpu -q");
    run(0, "oiiotool --diff big.exr piz.exr");
    Program.Result refused =
        run(3, "$0 adjust big.exr dwab.exr --stops 0 --compression dwab --memory 64M -q");
    assertTrue(refused.err().contains("rows that are stored together"), refused.err());
    assertFalse(Files.exists(folder.resolve("dwab.exr")));
  }

  @Test
  void matchWarnsOnceAndNotAtAllIfItIsQuiet() throws Exception {
    run(0, "mkdir m; cp desk.exr second.exr");
    String match = "$0 match float.exr desk.exr second.exr --apply m --compression dwaa:100";
    String warned = run(0, match).err();
    assertEquals(1, warned.lines().count(), warned);
    assertTrue(warned.contains("by tenths of a stop or more"), warned);
    assertEquals("", run(0, match + " -q").err());
  }

  @Test
  void wrongNamesAndOtherFormatsAreUsageErrors() throws Exception {
    for (String wrong :
        List.of("b44", "htj2k", "zip:0", "zip:x", "piz:2", "dwaa:-3", "'' --type f16")) {
      Program.Result result =
          run(2, "$0 convert desk.exr o.exr --to exposure --compression " + wrong);
      assertEquals(1, result.err().lines().count(), result.err());
    }
    run(2, "$0 convert desk.exr o.tif --to exposure --compression zip");
    run(2, "$0 adjust desk.exr o.exr --format npy --stops 1 --compression zip");
    run(2, "$0 match desk.exr tiled.exr --apply '{}.hdr' --compression zip");
    assertFalse(Files.exists(folder.resolve("o.exr")));
  }
}
