package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stops tween --deflicker} on frames that NumPy makes and measures. */
class DeflickerIT {

  /**
   * Flicker on a trend of one stop, with a bright patch that moves, noise and two clipped frames.
   */
  private static final String MAKE =
      """
      import numpy as np
      r = np.random.default_rng(8)
      n, h, w = 48, 90, 160
      scene = np.exp(r.normal(-2, 0.9, (h, w, 1))) * r.uniform(0.7, 1.3, (1, 1, 3)) * np.ones((1, 1, 3))
      flicker = r.uniform(-0.3, 0.3, n)
      trend = np.arange(n) / (n - 1)
      for i in range(n):
          f = scene.copy()
          x = 3 * i
          f[30:60, x:x + 20] = 20 * (1 + 0.1 * r.normal(0, 1, f[30:60, x:x + 20].shape))
          f = f * 2.0 ** (trend[i] + flicker[i]) * (1 + 0.01 * r.normal(0, 1, f.shape))
          if i in (20, 33):
              f = np.minimum(f, 0.25)
          np.save('in.%04d.npy' % (i + 1), f.astype('<f4'))
      np.save('scene.npy', scene)
      """;

  /** Measures what does not move and is not clipped, against the scene. */
  private static final String CHECK =
      """
      import numpy as np
      n = 48
      scene = np.load('scene.npy')
      def exposures(name):
          e = []
          for i in range(n):
              f = np.load(name % (i + 1)).astype('f8')
              src = np.load('in.%04d.npy' % (i + 1))
              ok = src < 0.24 if i in (20, 33) else src > 0
              ok[30:60] = False
              e.append(np.median(np.log2(f[ok] / scene[ok])))
          return np.array(e)
      before, after = exposures('in.%04d.npy'), exposures('out.%04d.npy')
      x = np.arange(n)
      fit = lambda y: np.polyval(np.polyfit(x, y, 1), x)
      spread = lambda y: np.std(np.diff(y))
      print('spread before %.4f after %.4f; trend differs by %.4f; off the line %.4f' % (spread(before), spread(after), np.abs(fit(before) - fit(after)).max(), np.abs(after - fit(after)).max()))
      assert spread(after) < 0.02 and np.abs(fit(before) - fit(after)).max() < 0.02
      """;

  @TempDir Path folder = Path.of("");

  private Shell shell = new Shell(folder);

  @BeforeEach
  void frames() throws Exception {
    shell = new Shell(folder);
    Files.writeString(folder.resolve("make.py"), MAKE);
    Files.writeString(folder.resolve("check.py"), CHECK);
    shell.run(0, "python3 make.py");
  }

  private Program.Result run(int status, String words) throws Exception {
    return shell.run(status, "\"$0\" tween in.####.npy out.####.npy --deflicker " + words);
  }

  private byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(folder.resolve(name));
  }

  @Test
  void flickerGoesAndTheTrendStays() throws Exception {
    Program.Result result = run(0, "--measured m.csv");
    assertEquals("", result.err());
    shell.run(0, "python3 check.py");
    // The table gives the same bytes again, without the frames being measured.
    shell.run(
        0,
        "\"$0\" tween in.####.npy again.####.npy --deflicker --measured m.csv -q "
            + "&& for i in 01 21 34 48; do cmp out.00$i.npy again.00$i.npy || exit 1; done");
    List<String> table = Files.readAllLines(folder.resolve("m.csv"));
    assertEquals("frame,measured,percent,note", table.get(1));
    assertEquals(50, table.size());
    // An edited table counts.
    table.set(25, "24,+7,100,edited");
    Files.write(folder.resolve("m.csv"), table);
    run(0, "--measured m.csv -q");
    assertFalse(java.util.Arrays.equals(bytes("out.0024.npy"), bytes("again.0024.npy")));
    run(0, "--measured m.csv --measure-again -q");
    assertArrayEquals(bytes("out.0024.npy"), bytes("again.0024.npy"));
  }

  @Test
  void framesWithKeysBecomeBrighterByExactlyTheirStops() throws Exception {
    run(0, "--keys 1:0,24:+1/3,48:-1 --curve c.csv -q");
    List<String> curve = Files.readAllLines(folder.resolve("c.csv"));
    assertEquals("frame,stops,measured", curve.getFirst());
    assertTrue(curve.get(1).startsWith("1,0,"), curve.get(1));
    assertTrue(curve.get(24).startsWith("24,+1/3,"), curve.get(24));
    assertTrue(curve.get(48).startsWith("48,-1,"), curve.get(48));
    assertFalse(Files.exists(folder.resolve("out.0001.npy")));
    run(0, "--keys 1:0,24:+1/3,48:-1 -q");
    assertArrayEquals(bytes("in.0001.npy"), bytes("out.0001.npy"));
    shell.run(0, "\"$0\" adjust in.0024.npy by.npy --stops 1/3 -q && cmp by.npy out.0024.npy");
    run(0, "--keys 1:0,24:+1/3 --curve c.svg -q");
    assertTrue(Files.readString(folder.resolve("c.svg")).contains("Exposure in stops: measured"));
  }

  @Test
  void aFrameThatCannotBeMeasuredIsInterpolatedAndNamed() throws Exception {
    shell.run(0, "cp in.0030.npy bad; truncate -s 999 bad; cp bad in.0030.npy");
    shell.run(
        0, "python3 -c \"import numpy as np; np.save('in.0010.npy', 0 * np.load('in.0010.npy'))\"");
    Program.Result result = run(3, "");
    List<String> lines = result.err().lines().toList();
    assertEquals(3, lines.size(), result.err());
    assertTrue(
        lines.get(0).startsWith("stops tween: note: frame 10 cannot be measured, and is inter"),
        result.err());
    assertTrue(lines.get(1).contains("frame 30 cannot be measured"), result.err());
    assertTrue(lines.get(2).startsWith("stops tween: frame 30: in.0030.npy: "), result.err());
    assertTrue(result.out().contains("47 done, 1 failed (30)"), result.out());
  }

  @Test
  void regionsMove() throws Exception {
    run(0, "--roi 0,0,160,28 -q");
    shell.run(0, "python3 check.py");
    run(0, "--roi 0,62,160,28 --meter 50% -q");
    shell.run(0, "python3 check.py");
    run(0, "--roi '1:0,0,100,28;48:60,62,100,28' -q");
    run(2, "--roi '1:0,0,100,28;48:60,62,100,28' --meter pixels");
    run(2, "--roi '1:0,0,9,9;2,2,9,9'");
    run(3, "--roi 900,900,5,5");
  }

  @Test
  void mistakesAreOneLine() throws Exception {
    Files.writeString(folder.resolve("bad.csv"), "frame,measured\n1,x\n");
    Files.writeString(folder.resolve("few.csv"), "frame,measured\n1,1\n2,\n");
    for (String words :
        List.of(
            "2 --window 2",
            "2 --window 2.5",
            "2 --meter x",
            "2 --meter 101%",
            "2 --roi 1,2",
            "3 --measured bad.csv",
            "3 --measured few.csv -q",
            "4 --measured absent/m.csv")) {
      Program.Result result = run(words.charAt(0) - '0', words.substring(2));
      assertEquals(1, result.err().lines().count(), words + ": " + result.err());
    }
    shell.run(2, "\"$0\" tween in.####.npy out.####.npy --keys 1:1 --window 5");
    shell.run(2, "\"$0\" tween in.0001.npy out.####.npy --deflicker");
  }
}
