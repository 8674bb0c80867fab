package stops.cpu;

import stops.math.Adjustment;

/**
 * The operand of an adjustment of float32 samples, as a sum of doubles without an error, and the
 * adjustment of a single sample in doubles. It gives the bits of {@link Adjustment}.
 *
 * <p>A factor of 82 bits is {@code first + second + third}, of 29, 29 and 24 bits, so that the
 * product of each with a float32 is exact. A summand of 64 bits is {@code first + second}. The sum
 * of the terms is computed as a double and the sign of what it lacks. Where it lacks something, it
 * is rounded to odd, so that rounding it again, to float32, gives the same as rounding once.
 *
 * <p>Immutable.
 *
 * @param scales whether it is a factor
 * @param sticky 1 if a product always lacks something; 0 if none does
 */
record Float32Operand(boolean scales, double first, double second, double third, long sticky) {
  /** No product with a larger or smaller power of two is a finite float32 other than 0. */
  private static final int MOST_EXPONENT = 300;

  private static final int SIGN = 0x8000_0000;
  private static final int INFINITY = 0x7f80_0000;

  static Float32Operand of(boolean scales, Adjustment.Operand operand) {
    int exponent =
        scales ? Math.clamp(operand.exponent(), -MOST_EXPONENT, MOST_EXPONENT) : operand.exponent();
    long high = operand.high();
    if (scales) {
      return new Float32Operand(
          true,
          Math.scalb((double) (high >>> 35), exponent - 28),
          Math.scalb((double) (high >>> 6 & 0x1fff_ffff), exponent - 57),
          Math.scalb((double) ((high & 0x3f) << 18 | operand.low() >>> 46), exponent - 81),
          high == Long.MIN_VALUE && operand.low() == 0 ? 0 : 1);
    }
    double sign = operand.negative() ? -1 : 1;
    return new Float32Operand(
        false,
        sign * Math.scalb((double) (high >>> 11), exponent - 52),
        sign * Math.scalb((double) (high & 0x7ff), exponent - 63),
        0,
        0);
  }

  /** Whether samples stay what they are. */
  boolean isNothing() {
    return scales ? first == 1 && second == 0 && third == 0 : first == 0;
  }

  /** The adjusted sample. NaN and infinities stay what they are. */
  int adjust(int bits) {
    if ((bits & ~SIGN) >= INFINITY) {
      return bits;
    }
    return scales ? scaled(bits) : shifted(Float.intBitsToFloat(bits));
  }

  private int scaled(int bits) {
    double magnitude = Float.intBitsToFloat(bits & ~SIGN);
    double product = magnitude * first;
    double next = magnitude * second;
    double sum = product + next;
    double lacking = next - (sum - product) + magnitude * third;
    long odd =
        Double.doubleToRawLongBits(sum) + (Double.doubleToRawLongBits(lacking) >> 63) | sticky;
    return Float.floatToRawIntBits((float) Double.longBitsToDouble(odd)) | bits & SIGN;
  }

  private int shifted(double sample) {
    double sum = sample + first;
    double part = sum - sample;
    double rest = (sample - (sum - part)) + (first - part) + second;
    double result = sum + rest;
    double lacking = rest - (result - sum);
    long odd = Double.doubleToRawLongBits(result);
    if (lacking != 0) {
      odd = odd + ((odd ^ Double.doubleToRawLongBits(lacking)) >> 63) | 1;
    }
    return Float.floatToRawIntBits((float) Double.longBitsToDouble(odd));
  }
}
