package stops.ev;

import stops.math.Scalar;

/**
 * The number {@code factor · 2^(twelfths / 12)}. The powers of marked settings are thirds, quarters
 * and sixths of a whole exponent, so their sums have no rounding error here. Immutable.
 *
 * @param factor a finite number above 0
 * @param twelfths the exponent of 2, in twelfths
 */
public record Power(double factor, int twelfths) {
  static final int TWELFTHS = 12;
  static final Power ONE = new Power(1, 0);

  static Power of(double number) {
    return new Power(number, 0);
  }

  Power times(Power other) {
    return new Power(factor * other.factor, twelfths + other.twelfths);
  }

  Power over(Power other) {
    return new Power(factor / other.factor, twelfths - other.twelfths);
  }

  Power squared() {
    return times(this);
  }

  /** The binary logarithm. */
  public double log2() {
    return twelfths / (double) TWELFTHS + Scalar.exposure(factor);
  }

  public double number() {
    return factor * Scalar.intensity(twelfths / (double) TWELFTHS);
  }

  /** The number as a product, such as {@code 2^-7}, {@code 2^(8/3)} or {@code 100 * 2^(1/3)}. */
  @Override
  public String toString() {
    int divisor = 1;
    for (int candidate = 2; candidate <= TWELFTHS; candidate++) {
      if (twelfths % candidate == 0 && TWELFTHS % candidate == 0) {
        divisor = candidate;
      }
    }
    int numerator = twelfths / divisor;
    int denominator = TWELFTHS / divisor;
    String power =
        denominator == 1 ? "2^" + numerator : "2^(" + numerator + "/" + denominator + ")";
    if (factor == 1) {
      return power;
    }
    return Figures.plain(factor) + (twelfths == 0 ? "" : " * " + power);
  }
}
