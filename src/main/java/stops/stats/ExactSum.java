package stops.stats;

import java.math.BigInteger;

/**
 * A sum of numbers without any rounding: a fixed-point number of any length, in units of 2^-1074.
 * Therefore the order of the numbers does not matter.
 */
final class ExactSum {
  private static final int UNIT = -1074;
  private static final int PRECISION = 53;

  /** Bits of a quotient before its last one, which only says whether it has a remainder. */
  private static final int QUOTIENT_BITS = 66;

  private static final int EXPONENTS = 0x7ff;

  /** Sums of significands with the same exponent, of 128 bits each: the low and the high words. */
  private final long[] lows = new long[EXPONENTS];

  private final long[] highs = new long[EXPONENTS];
  private BigInteger total = BigInteger.ZERO;
  private double infinite;

  /** Adds {@code value · 2^exponent}; the exponent is −1074 or more. */
  void add(BigInteger value, int exponent) {
    total = total.add(value.shiftLeft(exponent - UNIT));
  }

  /** Adds a number {@code times} times, 0 or more. After an infinite one, the sum is infinite. */
  void add(double value, long times) {
    if (Double.isInfinite(value)) {
      infinite = value;
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    int exponent = Math.max(1, (int) (bits >>> 52) & 0x7ff);
    long significand = bits & ((1L << 52) - 1) | ((bits << 1) >>> 53 == 0 ? 0 : 1L << 52);
    long low = significand * times;
    long high = Math.multiplyHigh(significand, times);
    if (bits < 0) {
      low = -low;
      high = low == 0 ? -high : ~high;
    }
    lows[exponent] += low;
    highs[exponent] += high + (Long.compareUnsigned(lows[exponent], low) < 0 ? 1 : 0);
  }

  private BigInteger total() {
    BigInteger all = total;
    for (int exponent = 1; exponent < EXPONENTS; exponent++) {
      if (lows[exponent] != 0 || highs[exponent] != 0) {
        BigInteger low = BigInteger.valueOf(lows[exponent]);
        if (low.signum() < 0) {
          low = low.add(BigInteger.ONE.shiftLeft(Long.SIZE));
        }
        all =
            all.add(
                BigInteger.valueOf(highs[exponent])
                    .shiftLeft(Long.SIZE)
                    .add(low)
                    .shiftLeft(exponent - 1));
      }
    }
    return all;
  }

  /** The sum divided by {@code count}, which is above zero, rounded once, to nearest even. */
  double mean(long count) {
    return infinite != 0 ? infinite : quotient(total(), BigInteger.valueOf(count), UNIT);
  }

  /** {@code numerator / denominator · 2^exponent}, rounded once, to nearest even. */
  static double quotient(BigInteger numerator, BigInteger denominator, int exponent) {
    BigInteger magnitude = numerator.abs();
    int shift = Math.max(0, QUOTIENT_BITS - magnitude.bitLength() + denominator.bitLength());
    BigInteger[] divided = magnitude.shiftLeft(shift).divideAndRemainder(denominator);
    BigInteger quotient = divided[0].shiftLeft(1);
    if (divided[1].signum() != 0) {
      quotient = quotient.setBit(0);
    }
    double rounded = rounded(quotient, exponent - shift - 1);
    return numerator.signum() < 0 ? -rounded : rounded;
  }

  /** {@code value · 2^exponent}, rounded once, subnormal numbers included. */
  private static double rounded(BigInteger value, int exponent) {
    int drop = Math.max(0, Math.max(value.bitLength() - PRECISION, UNIT - exponent));
    BigInteger kept = value.shiftRight(drop);
    if (drop > 0 && value.testBit(drop - 1)) {
      boolean tie = value.getLowestSetBit() == drop - 1;
      if (!tie || kept.testBit(0)) {
        kept = kept.add(BigInteger.ONE);
      }
    }
    return Math.scalb(kept.doubleValue(), exponent + drop);
  }
}
