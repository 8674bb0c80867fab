package stops.match;

import java.util.Arrays;

/**
 * The spread of log ratios about a centre, for each half stop of level: the median of their
 * distances times 1.4826, which is the standard deviation of normal noise. Distances are counted in
 * bins of a sixteenth of an octave, so that the order of pixels does not matter.
 */
final class NoiseBins {
  static final int COUNT = 512;

  /** Rounding of half samples, in stops: what is closer is not told apart. */
  static final double LEAST_SPREAD = 1.0 / 2048;

  private static final int LEAST_PIXELS = 32;
  private static final double BINS_PER_STOP = 2;
  private static final int DISTANCES = 16 * 24;
  private static final int FIRST_DISTANCE = Float.floatToIntBits(0x1p-16f) >> 19;

  private final int[][] distances = new int[COUNT][];
  private final int[] pixels = new int[COUNT];

  /** The bin of a level in stops. */
  static int of(double level) {
    return (int) Math.clamp((long) Math.floor(level * BINS_PER_STOP) + COUNT / 2, 0, COUNT - 1);
  }

  /** The level at the lower edge of a bin. */
  static double lowerEdge(int bin) {
    return (bin - COUNT / 2) / BINS_PER_STOP;
  }

  /** Adds a pixel at this distance from the centre, in stops. */
  void add(int bin, double distance) {
    if (distances[bin] == null) {
      distances[bin] = new int[DISTANCES];
    }
    int at = (Float.floatToIntBits((float) Math.abs(distance)) >> 19) - FIRST_DISTANCE;
    distances[bin][Math.clamp(at, 0, DISTANCES - 1)]++;
    pixels[bin]++;
  }

  /** The spread of each bin in stops; NaN for those of less than 32 pixels. */
  double[] spreads() {
    double[] spreads = new double[COUNT];
    for (int bin = 0; bin < COUNT; bin++) {
      spreads[bin] =
          pixels[bin] < LEAST_PIXELS
              ? Double.NaN
              : Math.max(LEAST_SPREAD, 1.4826 * median(distances[bin], pixels[bin]));
    }
    return spreads;
  }

  private static double median(int[] counts, int all) {
    int before = 0;
    int at = 0;
    while (2L * (before + counts[at]) < all) {
      before += counts[at++];
    }
    double low = Float.intBitsToFloat((at + FIRST_DISTANCE) << 19);
    double high = Float.intBitsToFloat((at + 1 + FIRST_DISTANCE) << 19);
    return low + (high - low) * (all / 2.0 - before) / counts[at];
  }

  /** The spread below which a quarter of the pixels are, bins in order of their spread. */
  double typical(double[] spreads) {
    Integer[] order = new Integer[COUNT];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(spreads[a], spreads[b]));
    long all = 0;
    for (int bin = 0; bin < COUNT; bin++) {
      all += Double.isNaN(spreads[bin]) ? 0 : pixels[bin];
    }
    long before = 0;
    for (int bin : order) {
      before += pixels[bin];
      if (Double.isNaN(spreads[bin]) || 4 * before >= all) {
        return spreads[bin];
      }
    }
    return Double.NaN;
  }

  /**
   * The lowest bin above the noise. From the brightest bin whose spread is within {@code limit}
   * down, bins are taken until one exceeds it. Bins of few pixels decide nothing.
   */
  static int floor(double[] spreads, double limit) {
    int bin = COUNT - 1;
    while (bin > 0 && !(spreads[bin] <= limit)) {
      bin--;
    }
    int lowest = bin;
    for (; bin >= 0 && !(spreads[bin] > limit); bin--) {
      if (spreads[bin] <= limit) {
        lowest = bin;
      }
    }
    return bin < 0 ? 0 : lowest;
  }
}
