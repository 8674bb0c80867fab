package stops.math;

import java.math.BigDecimal;
import java.math.MathContext;

/** Measures how far results are from the exact values, before and after rounding to float64. */
final class WideError {
  private double worst;
  private double worstUlps;
  private double sumUlps;
  private long count;

  /** Notes one result and the exact value. */
  void add(Wide result, BigDecimal exact) {
    BigDecimal scale =
        result.exponent() >= 0
            ? BigDecimal.TWO.pow(result.exponent())
            : BigDecimal.ONE.divide(BigDecimal.TWO.pow(-result.exponent()));
    BigDecimal value =
        new BigDecimal(result.high()).add(new BigDecimal(result.low())).multiply(scale);
    double error = value.subtract(exact).divide(exact, MathContext.DECIMAL64).abs().doubleValue();
    worst = Math.max(worst, error);
    double ulps = error * Math.abs(result.high()) / Math.ulp(result.high());
    worstUlps = Math.max(worstUlps, ulps);
    sumUlps += ulps;
    count++;
  }

  /** The largest relative error. */
  double worst() {
    return worst;
  }

  /**
   * The largest error of a float64 result, in ULPs: half an ULP of rounding, plus the error before.
   */
  double worstUlps() {
    return 0.5 + worstUlps;
  }

  /**
   * The expected share of float64 results that are not correctly rounded. A result is misrounded if
   * the middle between two numbers lies between it and the exact value. The probability of that is
   * the error in ULPs, so the share is the mean error.
   */
  double misroundedShare() {
    return sumUlps / count;
  }
}
