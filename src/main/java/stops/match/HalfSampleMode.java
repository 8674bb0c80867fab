package stops.match;

/**
 * Where numbers are densest. The narrowest half of the numbers is taken, then the narrowest half of
 * that, and so on; the median of the last one is the mode (D. R. Bickel and R. Frühwirth, On a
 * fast, robust estimator of the mode, 2006). It stops at a width of 1/16 stop, since samples of few
 * bits have many equal differences by chance.
 */
final class HalfSampleMode {
  private static final double WIDTH = 1.0 / 16;
  private static final int LEAST = 16;

  private HalfSampleMode() {}

  /** The mode of the first {@code count} of sorted numbers, 1 or more. */
  static double of(float[] sorted, int count) {
    int from = 0;
    int size = count;
    while (size > LEAST && sorted[from + size - 1] - sorted[from] > WIDTH) {
      int half = (size + 1) / 2;
      int best = from;
      for (int at = from; at + half <= from + size; at++) {
        if (sorted[at + half - 1] - sorted[at] < sorted[best + half - 1] - sorted[best]) {
          best = at;
        }
      }
      from = best;
      size = half;
    }
    return sorted[from + size / 2];
  }
}
