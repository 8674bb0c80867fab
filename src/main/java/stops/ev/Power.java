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
}
