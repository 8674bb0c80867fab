package stops.math;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A gain in stops, and its factor {@code 2^stops = 2^exponent * (high + middle + low)}, with a
 * relative error below 2^-158. It is computed once for a conversion, in arbitrary precision.
 *
 * <p>The factor, not the gain, enters the logarithm: {@code log2(x * 2^g)} keeps its relative
 * accuracy where {@code log2(x) + g} would cancel.
 *
 * @param stops the gain, in stops
 * @param exponent the gain rounded down
 * @param high nearest double of {@code 2^(stops - exponent)}, from 1 to 2
 * @param middle nearest double of the remainder after {@code high}
 * @param low nearest double of the remainder after {@code high + middle}
 */
public record Gain(double stops, int exponent, double high, double middle, double low) {
  /** Fixed point: integers stand for multiples of 2^-240. */
  static final int POINT = 240;

  /** No gain: a factor of exactly 1. */
  static final Gain NONE = new Gain(0, 0, 1, 0, 0);

  /**
   * The gain of {@code stops} stops.
   *
   * @throws ArithmeticException if {@code stops} is not finite
   */
  static Gain of(double stops) {
    if (!Double.isFinite(stops)) {
      throw new ArithmeticException("gain is not finite: " + stops);
    }
    int exponent = (int) Math.floor(stops);
    BigDecimal fraction = new BigDecimal(stops).subtract(BigDecimal.valueOf(exponent));
    BigDecimal factor =
        new BigDecimal(factor(fraction)).divide(new BigDecimal(BigInteger.ONE.shiftLeft(POINT)));
    double high = factor.doubleValue();
    BigDecimal rest = factor.subtract(new BigDecimal(high));
    double middle = rest.doubleValue();
    double low = rest.subtract(new BigDecimal(middle)).doubleValue();
    return new Gain(stops, exponent, high, middle, low);
  }

  /** {@code 2^fraction} in fixed point, for a fraction from 0 to 1. */
  static BigInteger factor(BigDecimal fraction) {
    BigDecimal one = new BigDecimal(BigInteger.ONE.shiftLeft(POINT));
    return exp(ln2().multiply(fraction.multiply(one).toBigInteger()).shiftRight(POINT));
  }

  /** The exponential of a fixed-point number from 0 to 1, by its power series. */
  private static BigInteger exp(BigInteger x) {
    BigInteger term = BigInteger.ONE.shiftLeft(POINT);
    BigInteger sum = term;
    for (int i = 1; term.signum() != 0; i++) {
      term = term.multiply(x).shiftRight(POINT).divide(BigInteger.valueOf(i));
      sum = sum.add(term);
    }
    return sum;
  }

  /** {@code ln 2 = sum of 1/(i 2^i)}. */
  private static BigInteger ln2() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 1; i <= POINT; i++) {
      sum = sum.add(BigInteger.ONE.shiftLeft(POINT - i).divide(BigInteger.valueOf(i)));
    }
    return sum;
  }
}
