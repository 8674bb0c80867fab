package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;

/**
 * Text for machines knows no locale: what is written is the same, byte for byte, in all of them.
 */
class LocaleIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  /** Locales whose digits, or whose calendar, are not those of the C locale. */
  private static final List<String> LOCALES =
      List.of(
          "STOPS_JAVA_OPTS='-Duser.language=ar -Duser.country=EG'",
          "STOPS_JAVA_OPTS='-Duser.language=bn -Duser.country=BD'",
          "STOPS_JAVA_OPTS='-Duser.language=th -Duser.country=TH -Duser.variant=TH'",
          "STOPS_JAVA_OPTS='-Duser.language=tr -Duser.country=TR'",
          String.format(
              Locale.ROOT,
              "LOCPATH=%s LC_ALL=ar_EG.UTF-8",
              Path.of("target/locales").toAbsolutePath()),
          String.format(
              Locale.ROOT,
              "LOCPATH=%s LC_ALL=bn_BD.UTF-8",
              Path.of("target/locales").toAbsolutePath()));

  @TempDir Path folder = Path.of("");

  @Test
  void everyFormatASequenceJsonAndOpenClAreTheSameInAllLocales() throws Exception {
    if (!Files.isDirectory(Path.of("target/locales"))) {
      Required.missing("target/locales, which ci/test makes");
    }
    Shell shell = new Shell(folder);
    shell.run(
        0,
        String.format(
            Locale.ROOT,
            """
            mkdir in && for format in exr hdr tif pfm npy raw; do
              "$0" convert %s in/a.$format --to exposure --gain -0.5 -q --device cpu 2>/dev/null \
                || "$0" convert %s in/a.$format --to intensity --from exposure -q --device cpu || exit 9
            done
            for i in 0007 0008; do cp %s in.$i.exr; done
            """,
            DESK,
            DESK,
            DESK));
    Map<String, byte[]> expected = run(shell, "", "c");
    for (int i = 0; i < LOCALES.size(); i++) {
      Map<String, byte[]> found = run(shell, LOCALES.get(i), "l" + i);
      assertEquals(expected.keySet(), found.keySet(), LOCALES.get(i));
      for (String name : expected.keySet()) {
        assertArrayEquals(expected.get(name), found.get(name), LOCALES.get(i) + ": " + name);
      }
    }
  }

  /**
   * Runs all kinds of conversions and returns all that they wrote, but for what depends on the time
   * they took: seconds, and into how many chunks they were cut.
   */
  private Map<String, byte[]> run(Shell shell, String locale, String out) throws Exception {
    shell.run(
        0,
        String.format(
            Locale.ROOT,
            """
            mkdir %2$s && export %1$s
            "$0" convert in/a.exr in/a.tif in/a.pfm in/a.npy %2$s --to intensity --from exposure \
              --device cpu --json 2>%2$s/warnings | grep -v -i -e seconds -e chunks >%2$s/json || exit 1
            "$0" convert in/a.raw %2$s/a.raw --raw f32 --to exposure --device cpu -q || exit 2
            "$0" convert in/a.hdr %2$s/a.hdr --to intensity --from exposure --device cpu -q || exit 2
            "$0" convert in.%%04d.exr %2$s/s.####.exr --frames 7-8 --to exposure --device cpu -q || exit 3
            "$0" convert %3$s %2$s/opencl.exr --to exposure --device opencl -q || exit 4
            "$0" stats %2$s/a.tif --histogram %2$s/a.svg >%2$s/info || exit 5
            "$0" exposure 0.18 1e6 >%2$s/numbers || exit 6
            "$0" devices --json | grep -v -i memory >%2$s/devices || exit 7
            sed -i -e 's/%2$s\\//./g' %2$s/json %2$s/warnings %2$s/info %2$s/a.svg
            """,
            locale.isEmpty() ? "UNUSED=1" : locale,
            out,
            DESK));
    Map<String, byte[]> files = new TreeMap<>();
    try (var list = Files.list(folder.resolve(out))) {
      for (Path file : (Iterable<Path>) list::iterator) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
