package stops.tween;

import java.util.Arrays;

/**
 * Smooths values by robust locally weighted regression (W. S. Cleveland, Robust locally weighted
 * regression and smoothing scatterplots, Journal of the American Statistical Association 74, 1979):
 * at each place a straight line is fitted to the nearest values, which weigh (1 - (d/h)^3)^3 at the
 * distance d, where h is that of the first one left out. It is repeated with weights (1 - u^2)^2, u
 * = residual / (6 median |residual|), so that single values far off do not count. A straight line
 * stays what it is, up to both ends.
 */
final class LocalFit {
  private static final int REPEATS = 3;
  private static final double FAR = 6;

  /** Residuals that are less than this, in stops, do not make a value far off. */
  private static final double LEAST_SPREAD = 1e-6;

  private LocalFit() {}

  /**
   * The smooth values.
   *
   * @param x the places, rising
   * @param y the values
   * @param window number of values that a line is fitted to, 3 or more
   */
  static double[] smooth(double[] x, double[] y, int window) {
    double[] robust = new double[x.length];
    Arrays.fill(robust, 1);
    double[] smooth = pass(x, y, robust, window);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      double[] residuals = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        residuals[i] = Math.abs(y[i] - smooth[i]);
      }
      double[] sorted = residuals.clone();
      Arrays.sort(sorted);
      double limit = FAR * Math.max(LEAST_SPREAD, sorted[sorted.length / 2]);
      for (int i = 0; i < x.length; i++) {
        double u = residuals[i] / limit;
        robust[i] = u < 1 ? (1 - u * u) * (1 - u * u) : 0;
      }
      smooth = pass(x, y, robust, window);
    }
    return smooth;
  }

  private static double[] pass(double[] x, double[] y, double[] robust, int window) {
    int count = Math.min(window, x.length);
    double[] smooth = new double[x.length];
    int from = 0;
    for (int i = 0; i < x.length; i++) {
      while (from + count < x.length && x[from + count] - x[i] < x[i] - x[from]) {
        from++;
      }
      double farthest = Math.max(x[i] - x[from], x[from + count - 1] - x[i]);
      smooth[i] = line(x, y, robust, from, from + count, x[i], farthest + 1, y[i]);
    }
    return smooth;
  }

  /** The value at {@code at} of the line that fits best; {@code otherwise} if nothing weighs. */
  private static double line(
      double[] x,
      double[] y,
      double[] robust,
      int from,
      int to,
      double at,
      double width,
      double otherwise) {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = from; i < to; i++) {
      double d = x[i] - at;
      double r = Math.abs(d) / width;
      double tricube = 1 - r * r * r;
      double w = tricube * tricube * tricube * robust[i];
      sum += w;
      sumX += w * d;
      sumY += w * y[i];
      sumXx += w * d * d;
      sumXy += w * d * y[i];
    }
    if (!(sum > 0)) {
      return otherwise;
    }
    double determinant = sum * sumXx - sumX * sumX;
    return determinant > 1e-9 * sum * sumXx
        ? (sumXx * sumY - sumX * sumXy) / determinant
        : sumY / sum;
  }
}
