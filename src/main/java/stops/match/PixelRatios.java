package stops.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Estimates by how many stops the pixels of a picture are above those of a reference: the centre of
 * the differences d of exposures, as Tukey's biweight sees it.
 *
 * <p>A pixel's level is the mean of its exposures in both pictures, the picture's moved by the
 * centre. Noise that is alike in both changes d and the level independently, so that a limit on
 * levels does not select high or low d. Noise grows towards the dark. Therefore the spread is taken
 * for each half stop of level, each pixel weighs the less the more its half stop spreads, and what
 * is below the first half stop with more than four times the typical spread is left out: at least
 * 1/16 stop, at most 1/4 stop or twice the typical spread. Pixels within three spreads of clipping
 * are left out too, since clipping keeps only those whose noise is low.
 *
 * <p>The centre starts at the {@linkplain HalfSampleMode mode} of the brighter half. It then solves
 * {@code sum w(u) d = centre sum w(u)} with {@code u = (d - centre) / (4.685 spread)} and {@code w
 * = (1 - u^2)^2 / spread^2} within |u| < 1: pixels that differ from the rest, such as those painted
 * over, weigh nothing (P. J. Huber and E. M. Ronchetti, Robust Statistics, 2009).
 *
 * <p>The variance is that of M-estimators, {@code sum psi^2 / (sum psi')^2} with {@code psi = w (d
 * - centre)}. It is summed over clusters, since neighbouring pixels are not independent: once over
 * the 256 blocks of the region and once over the half stops of level, and both are added.
 */
final class PixelRatios {
  private static final double TUNING = 4.685;
  private static final double LEAST_LIMIT = 1.0 / 16;

  /** A spread from which on the logarithm of noise is skew, in stops. */
  private static final double SKEW = 1.0 / 4;

  private static final double NOISY = 0.3;
  private static final double MEDIAN_SHIFT = 1.25;
  private static final double LN_2 = StrictMath.log(2);
  private static final int ROUNDS = 4;
  private static final int MOST_STEPS = 30;
  private static final double LEAST_STEP = 1e-9;
  private static final int LEAST_BLOCKS = 4;

  private final Side reference;
  private final Side other;
  private final float[] a;
  private final float[] b;
  private final @Nullable Double givenFloor;
  private final int[] pixels;
  private final int[] bins;

  private double centre;
  private double referenceShare;
  private double[] spreads = {};
  private double floor = Double.NEGATIVE_INFINITY;

  /**
   * The pixels of two pictures.
   *
   * @param floor level in the reference, in stops, below which pixels are left out; null to find it
   */
  PixelRatios(Side reference, Side other, @Nullable Double floor) {
    this.reference = reference;
    this.other = other;
    a = reference.stops();
    b = other.stops();
    givenFloor = floor;
    pixels = valid();
    bins = new int[pixels.length];
  }

  /** The estimate. */
  Match match() throws TooLittleToMatch {
    if (pixels.length < Match.LEAST_PIXELS) {
      throw TooLittleToMatch.pixels(pixels.length, a.length);
    }
    double start = start();
    double ofReference = centre(start, 1);
    double ofOther = centre(start, 0);
    centre = centre(start, 0.5);
    double selection = Math.max(Math.abs(ofReference - centre), Math.abs(ofOther - centre));
    return result(selection);
  }

  /**
   * Finds the centre.
   *
   * @param start where to begin
   * @param share the share of the reference in the level of a pixel
   */
  private double centre(double start, double share) {
    centre = start;
    referenceShare = share;
    for (int round = 0; round < ROUNDS; round++) {
      spread();
      for (int step = 0; step < MOST_STEPS; step++) {
        double before = centre;
        centre = next();
        if (Math.abs(centre - before) < LEAST_STEP) {
          break;
        }
      }
    }
    return centre;
  }

  /** The numbers of the pixels that are finite and below clipping in both pictures. */
  private int[] valid() {
    int[] found = new int[a.length];
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (Float.isFinite(a[i])
          && Float.isFinite(b[i])
          && !reference.isClipped(i)
          && !other.isClipped(i)) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /**
   * The share of pixels that noise made 0 or negative in one picture, and that would have counted
   * by their exposure in the other.
   */
  private double lost(int used) {
    int lost = 0;
    for (int i = 0; i < a.length; i++) {
      boolean dark = a[i] == Float.NEGATIVE_INFINITY && b[i] > Float.NEGATIVE_INFINITY;
      boolean otherDark = b[i] == Float.NEGATIVE_INFINITY && a[i] > Float.NEGATIVE_INFINITY;
      if ((dark || otherDark) && !reference.isClipped(i) && !other.isClipped(i)) {
        double level = dark ? b[i] - centre : a[i];
        if (level >= floor && spreads[NoiseBins.of(level)] > NOISY) {
          lost++;
        }
      }
    }
    return (double) lost / (lost + used);
  }

  /** The mode of the differences in the brighter half of the pixels. */
  private double start() {
    float[] sums = new float[pixels.length];
    for (int p = 0; p < sums.length; p++) {
      sums[p] = a[pixels[p]] + b[pixels[p]];
    }
    Arrays.sort(sums);
    float median = sums[sums.length / 2];
    int count = 0;
    for (int i : pixels) {
      if (a[i] + b[i] >= median) {
        sums[count++] = b[i] - a[i];
      }
    }
    Arrays.sort(sums, 0, count);
    return HalfSampleMode.of(sums, count);
  }

  private double distance(int pixel) {
    return (double) b[pixel] - a[pixel] - centre;
  }

  private double level(int pixel) {
    return referenceShare * a[pixel] + (1 - referenceShare) * (b[pixel] - centre);
  }

  /** Finds spreads and floor about the present centre; bins are −1 for pixels left out. */
  private void spread() {
    NoiseBins noise = new NoiseBins();
    for (int p = 0; p < pixels.length; p++) {
      bins[p] = NoiseBins.of(level(pixels[p]));
      noise.add(bins[p], distance(pixels[p]));
    }
    spreads = noise.spreads();
    double typical = noise.typical(spreads);
    if (Double.isNaN(typical)) {
      // So few pixels that no half stop has enough of them: they are taken together.
      NoiseBins together = new NoiseBins();
      for (int pixel : pixels) {
        together.add(0, distance(pixel));
      }
      typical = together.spreads()[0];
    }
    int lowest = NoiseBins.floor(spreads, limit(typical));
    floor =
        givenFloor != null
            ? givenFloor
            : lowest == 0 ? Double.NEGATIVE_INFINITY : NoiseBins.lowerEdge(lowest);
    for (int bin = 0; bin < spreads.length; bin++) {
      spreads[bin] = Double.isNaN(spreads[bin]) ? typical : spreads[bin];
    }
    for (int p = 0; p < pixels.length; p++) {
      boolean counts = level(pixels[p]) >= floor && isFarFromClipping(pixels[p], spreads[bins[p]]);
      bins[p] = counts ? bins[p] : -1;
    }
  }

  /** The spread from which on a half stop is noise. */
  private static double limit(double typical) {
    return Math.max(LEAST_LIMIT, Math.min(4 * typical, Math.max(SKEW, 2 * typical)));
  }

  /** Whether a pixel's levels are far from clipping; not asked where channels are no pairs. */
  private boolean isFarFromClipping(int pixel, double spread) {
    boolean far = true;
    int pairs = reference.guards().length == other.guards().length ? other.guards().length : 0;
    for (int c = 0; c < pairs; c++) {
      double level = (reference.guards()[c][pixel] + other.guards()[c][pixel] - centre) / 2;
      double clip = Math.min(reference.clips()[c], other.clips()[c] - centre);
      far &= !(level > clip - 3 * spread);
    }
    return far;
  }

  /** The next centre of Tukey's biweight. */
  private double next() {
    double weights = 0;
    double weighted = 0;
    for (int p = 0; p < pixels.length; p++) {
      if (bins[p] >= 0) {
        double spread = spreads[bins[p]];
        double d = distance(pixels[p]);
        double u = d / (TUNING * spread);
        if (u > -1 && u < 1) {
          double w = (1 - u * u) / spread;
          weights += w * w;
          weighted += w * w * d;
        }
      }
    }
    return weights > 0 ? centre + weighted / weights : centre;
  }

  private Match result(double selection) throws TooLittleToMatch {
    Clusters blocks = new Clusters(PixelChoice.BLOCKS);
    Clusters levels = new Clusters(NoiseBins.COUNT);
    double slope = 0;
    double squares = 0;
    double weights = 0;
    double weighted = 0;
    int used = 0;
    for (int p = 0; p < pixels.length; p++) {
      if (bins[p] < 0) {
        continue;
      }
      double spread = spreads[bins[p]];
      double d = distance(pixels[p]);
      double u2 = d / (TUNING * spread) * (d / (TUNING * spread));
      if (u2 < 1) {
        double w = (1 - u2) * (1 - u2) / (spread * spread);
        double psi = w * d;
        weights += w;
        weighted += w * d * d;
        slope += (1 - u2) * (1 - 5 * u2) / (spread * spread);
        blocks.add(reference.blocks()[pixels[p]], psi);
        levels.add(bins[p], psi);
        squares += d * d;
        used++;
      }
    }
    if (used < Match.LEAST_PIXELS
        || used < a.length / 100
        || blocks.count() < LEAST_BLOCKS
        || slope <= 0) {
      throw TooLittleToMatch.pixels(used, a.length);
    }
    double lost = lost(used);
    double curve = LN_2 / 2 * weighted / weights;
    double variance = (blocks.variance() + levels.variance()) / (slope * slope) + curve * curve / 3;
    return new Match(
        other.name(),
        centre,
        Math.sqrt(variance),
        Math.sqrt(squares / used),
        used,
        a.length,
        Double.isInfinite(floor) ? null : floor,
        reference.lowestClip(),
        other.lowestClip());
  }
}
