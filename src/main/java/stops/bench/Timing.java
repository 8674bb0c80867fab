package stops.bench;

import java.util.Arrays;

/**
 * The times of several runs, in seconds.
 *
 * @param runs number of runs without warming up, 1 or more
 * @param median the median time
 * @param lower the lower quartile: a quarter of the runs took less
 * @param upper the upper quartile: a quarter of the runs took longer
 * @param best the time of the fastest run
 */
public record Timing(int runs, double median, double lower, double upper, double best) {

  static Timing of(double... seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return new Timing(
        sorted.length, at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75), sorted[0]);
  }

  /** The quantile at {@code fraction}, interpolated linearly. */
  private static double at(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Half of the interquartile range, as a fraction of the median. */
  double spread() {
    return (upper - lower) / 2 / median;
  }
}
