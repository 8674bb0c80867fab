package stops.match;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Stops;

/**
 * A picture against itself, 0.97 stops brighter, seen by a camera with noise that clips: the
 * difference is found within 0.01, and two standard errors cover the error in 95 of 100 tries.
 */
class MatchErrorTest {
  private static final double STOPS = 0.97;
  private static final int TRIES = 100;
  private static final MatchRequest REQUEST = MatchRequest.byDefault();
  private static final MatchRequest DISTRIBUTION = REQUEST.withDistribution(true);

  @TempDir Path folder = Path.of("");

  /** A reference and another picture. */
  private record Pair(Scene reference, Scene other) {}

  private static Scene scene(long seed) {
    return Scene.of(seed, 256, 192);
  }

  private static Scene seen(long seed, Scene scene, double clip) {
    return scene.noisy(seed, 0.005, 0.01).clipped(clip);
  }

  private void check(double within, MatchRequest request, LongFunction<Pair> pairs)
      throws Exception {
    int covered = 0;
    double worst = 0;
    double claimed = 0;
    for (long seed = 0; seed < TRIES; seed++) {
      Pair pair = pairs.apply(seed);
      Path reference = pair.reference().write(folder.resolve("reference.pfm"));
      Path other = pair.other().write(folder.resolve("other.pfm"));
      Match match = Stops.match(reference, other, request).getFirst();
      double error = Math.abs(match.stops() - STOPS);
      worst = Math.max(worst, error);
      claimed = Math.max(claimed, 2 * match.standardError());
      covered += error <= 2 * match.standardError() ? 1 : 0;
    }
    String found = "covered " + covered + ", worst " + worst + ", claimed up to " + claimed;
    System.out.println(found);
    assertTrue(worst < within, found);
    assertTrue(covered >= 95, found);
    assertTrue(claimed < 10 * within, found);
  }

  @Test
  void noise() throws Exception {
    check(
        0.01,
        REQUEST,
        seed -> {
          Scene scene = scene(seed);
          return new Pair(
              seen(seed + 1000, scene, 1e9), seen(seed + 2000, scene.moved(STOPS), 1e9));
        });
  }

  @Test
  void muchNoise() throws Exception {
    check(
        0.01,
        REQUEST,
        seed -> {
          Scene scene = scene(seed);
          return new Pair(
              scene.noisy(seed + 1000, 0.02, 0.05),
              scene.moved(STOPS).noisy(seed + 2000, 0.02, 0.05));
        });
  }

  @Test
  void noiseClippingAndAPatchPaintedOver() throws Exception {
    check(
        0.01,
        REQUEST,
        seed -> {
          Scene scene = scene(seed);
          double paint = 0.02 * Math.pow(2, seed % 10);
          return new Pair(
              seen(seed + 1000, scene, 1),
              seen(seed + 2000, scene.moved(STOPS), 1).painted(20, 30, 120, 130, paint));
        });
  }

  @Test
  void clippingAtTwoLevels() throws Exception {
    check(
        0.01,
        REQUEST,
        seed -> {
          Scene scene = scene(seed);
          return new Pair(seen(seed + 1000, scene, 2), seen(seed + 2000, scene.moved(STOPS), 0.5));
        });
  }

  /** What the two crops do not share differs between them, and bounds what can be found. */
  @Test
  void aShiftedCropByItsDistribution() throws Exception {
    check(
        0.02,
        DISTRIBUTION,
        seed -> {
          Scene scene = Scene.of(seed, 336, 256, 16);
          return new Pair(
              seen(seed + 1000, scene, 1).cropped(0, 0, 320, 240),
              seen(seed + 2000, scene.moved(STOPS), 1).cropped(7, 5, 320, 240));
        });
  }

  @Test
  void aShiftedCropOfALargerPicture() throws Exception {
    for (long seed = 0; seed < 10; seed++) {
      Scene scene = Scene.of(seed, 1040, 784, 16);
      Path reference =
          seen(seed + 1000, scene, 1)
              .cropped(0, 0, 1024, 768)
              .write(folder.resolve("reference.pfm"));
      Path other =
          seen(seed + 2000, scene.moved(STOPS), 1)
              .cropped(7, 5, 1024, 768)
              .write(folder.resolve("other.pfm"));
      Match match = Stops.match(reference, other, DISTRIBUTION).getFirst();
      assertTrue(Math.abs(match.stops() - STOPS) < 0.01, seed + ": " + match);
    }
  }
}
