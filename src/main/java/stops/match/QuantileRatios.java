package stops.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Estimates by how many stops a picture is above a reference from the distributions of their
 * exposures alone. The differences of 256 evenly spaced quantiles are formed. Those count that are
 * finite, above the floor, and, in both pictures, below what clipped pixels have. Their centre is
 * Tukey's biweight about their median, so that the dark end, where noise widens one distribution
 * more than the other, weighs little.
 *
 * <p>The standard error is that of a jackknife which leaves out one of 64 blocks of both pictures
 * at a time (B. Efron and C. Stein, The jackknife estimate of variance, 1981). To its variance
 * comes that of the differences of quantiles, divided by 4: where the distributions differ in
 * shape, the centre is as uncertain as that of few differences, since neighbouring ones go
 * together.
 */
final class QuantileRatios {
  private static final int QUANTILES = 256;
  private static final int GROUPS = 64;
  private static final double TUNING = 4.685;
  private static final int STEPS = 50;

  /** Quantiles that are as close as this, in stops, all count. */
  private static final double LEAST_SPREAD = 1.0 / 64;

  private final Side reference;
  private final Side other;
  private final @Nullable Double floor;
  private final Ranked a;
  private final Ranked b;

  /** The exposures of a picture in ascending order, each with its group. */
  private record Ranked(float[] stops, byte[] groups, int[] sizes, double limit) {}

  /** An estimate, and what it rests on. */
  private record Centre(double stops, double deviation, int used) {}

  /**
   * The pixels of two pictures.
   *
   * @param floor the exposure in the reference, in stops, below which quantiles are left out
   */
  QuantileRatios(Side reference, Side other, @Nullable Double floor) {
    this.reference = reference;
    this.other = other;
    this.floor = floor;
    a = ranked(reference);
    b = ranked(other);
  }

  private static Ranked ranked(Side side) {
    float[] stops = side.stops();
    long[] keys = new long[stops.length];
    float[] clipped = new float[stops.length];
    int count = 0;
    int clippedCount = 0;
    for (int i = 0; i < stops.length; i++) {
      if (side.isClipped(i)) {
        clipped[clippedCount++] = stops[i];
      }
      if (!Float.isNaN(stops[i])) {
        int bits = Float.floatToIntBits(stops[i]);
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        keys[count++] = ((long) ordered << 32) | group(side.blocks()[i]);
      }
    }
    Arrays.sort(keys, 0, count);
    float[] sorted = new float[count];
    byte[] groups = new byte[count];
    int[] sizes = new int[GROUPS];
    for (int i = 0; i < count; i++) {
      int ordered = (int) (keys[i] >> 32);
      sorted[i] = Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
      groups[i] = (byte) keys[i];
      sizes[groups[i]]++;
    }
    Arrays.sort(clipped, 0, clippedCount);
    // Few pixels clip in the dark: one channel of a saturated colour.
    double limit = clippedCount == 0 ? Double.POSITIVE_INFINITY : clipped[clippedCount / 50];
    return new Ranked(sorted, groups, sizes, limit);
  }

  /** Four neighbouring blocks of the 16 × 16 make a group of 8 × 8. */
  private static int group(int block) {
    return block / 32 * 8 + block % 16 / 2;
  }

  /** The estimate. */
  Match match() throws TooLittleToMatch {
    Centre all = centre(quantiles(a, -1), quantiles(b, -1));
    if (all == null) {
      throw TooLittleToMatch.of(
          "too little to rest on: less than a tenth of the two distributions is above the noise and "
              + "below clipping");
    }
    double[] without = new double[GROUPS];
    int count = 0;
    for (int group = 0; group < GROUPS; group++) {
      if (a.sizes()[group] > 0 || b.sizes()[group] > 0) {
        Centre centre = centre(quantiles(a, group), quantiles(b, group));
        if (centre != null) {
          without[count++] = centre.stops();
        }
      }
    }
    double mean = Arrays.stream(without, 0, count).sum() / count;
    double squares = Arrays.stream(without, 0, count).map(x -> (x - mean) * (x - mean)).sum();
    return new Match(
        other.name(),
        all.stops(),
        Math.sqrt(squares * (count - 1) / count + all.deviation() * all.deviation() / 4),
        all.deviation(),
        all.used(),
        QUANTILES,
        floor,
        reference.lowestClip(),
        other.lowestClip());
  }

  /** The quantiles of a picture without a group of its pixels; −1 leaves out none. */
  private static double[] quantiles(Ranked of, int left) {
    double[] quantiles = new double[QUANTILES];
    long size = of.stops().length - (left < 0 ? 0 : of.sizes()[left]);
    long rank = 0;
    int next = 0;
    for (int i = 0; i < of.stops().length && next < QUANTILES; i++) {
      if (of.groups()[i] != left) {
        while (next < QUANTILES && rank >= (2L * next + 1) * size / (2L * QUANTILES)) {
          quantiles[next++] = of.stops()[i];
        }
        rank++;
      }
    }
    Arrays.fill(quantiles, next, QUANTILES, Double.NaN);
    return quantiles;
  }

  private @Nullable Centre centre(double[] ofA, double[] ofB) {
    float[] differences = new float[QUANTILES];
    int count = 0;
    for (int q = 0; q < QUANTILES; q++) {
      boolean usable =
          Double.isFinite(ofA[q])
              && Double.isFinite(ofB[q])
              && ofA[q] < a.limit()
              && ofB[q] < b.limit()
              && (floor == null || ofA[q] >= floor);
      if (usable) {
        differences[count++] = (float) (ofB[q] - ofA[q]);
      }
    }
    if (count < QUANTILES / 10) {
      return null;
    }
    Arrays.sort(differences, 0, count);
    return biweight(differences, count);
  }

  private static Centre biweight(float[] sorted, int count) {
    double centre = sorted[count / 2];
    double[] distances = new double[count];
    for (int i = 0; i < count; i++) {
      distances[i] = Math.abs(sorted[i] - centre);
    }
    Arrays.sort(distances);
    double spread = Math.max(LEAST_SPREAD, 1.4826 * distances[count / 2]);
    int used = 0;
    double squares = 0;
    for (int step = 0; step < STEPS; step++) {
      double weights = 0;
      double weighted = 0;
      used = 0;
      squares = 0;
      for (int i = 0; i < count; i++) {
        double d = sorted[i] - centre;
        double u = d / (TUNING * spread);
        if (Math.abs(u) < 1) {
          double w = (1 - u * u) * (1 - u * u);
          weights += w;
          weighted += w * d;
          squares += d * d;
          used++;
        }
      }
      centre += weighted / weights;
    }
    return new Centre(centre, Math.sqrt(squares / used), used);
  }
}
