package stops.bench;

import java.util.Arrays;

/**
 * How long something took, over several runs, in seconds.
 *
 * @param runs how many runs there were, warm-up aside, 1 or more
 * @param median half of the runs took longer
 * @param lower a quarter of the runs took less
 * @param upper a quarter of the runs took longer
 * @param best the fastest run
 */
public record Timing(int runs, double median, double lower, double upper, double best) {

  static Timing of(double... seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return new Timing(
        sorted.length, at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75), sorted[0]);
  }

  /** The value with {@code fraction} of the others below it, between neighbours by a line. */
  private static double at(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Half of what lies between the quartiles, as a fraction of the median. */
  double spread() {
    return (upper - lower) / 2 / median;
  }
}
