package stops.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import stops.engine.SampleType;

/**
 * Computes both maps in arbitrary precision, rounded once, independently of the definition.
 *
 * <p>A logarithm is computed bit by bit, by squaring. A power is a product of repeated square roots
 * of 2. Both are fixed-point integers, with a proven interval around the true value. If the two
 * ends of the interval do not round to the same sample, the precision is doubled. That ends,
 * because a true value is either exact or irrational, and an irrational one is never a tie.
 */
final class Oracle {
  private static final int FIRST_BITS = 96;

  private final int bits;
  private final List<BigInteger> roots = new ArrayList<>();

  private Oracle(int bits) {
    this.bits = bits;
    BigInteger root = BigInteger.TWO.shiftLeft(bits);
    for (int i = 0; i < bits; i++) {
      root = root.shiftLeft(bits).sqrt();
      roots.add(root);
    }
  }

  /** A value that lies from {@code low} to {@code high}. */
  record Interval(BigDecimal low, BigDecimal high) {
    private static Interval exact(BigDecimal value) {
      return new Interval(value, value);
    }
  }

  /** Both maps, at growing precision. Confined to one thread. */
  static final class Ladder {
    private final List<Oracle> steps = new ArrayList<>();

    /** {@code log2(intensity) + gain}, correctly rounded: bits of {@code type}. */
    long exposure(double intensity, double gain, SampleType type) {
      for (int i = 0; ; i++) {
        Interval interval = step(i).exposure(intensity, gain);
        long bits = round(interval.low(), type);
        if (bits == round(interval.high(), type)) {
          return bits;
        }
      }
    }

    /** {@code 2^(exposure + gain)}, correctly rounded: bits of {@code type}. */
    long intensity(double exposure, double gain, SampleType type) {
      double estimate = exposure + gain;
      if (estimate > 1100) {
        return SampleBits.infinity(type);
      }
      if (estimate < -1200) {
        return 0;
      }
      for (int i = 0; ; i++) {
        Interval interval = step(i).intensity(exposure, gain);
        long bits = round(interval.low(), type);
        if (bits == round(interval.high(), type)) {
          return bits;
        }
      }
    }

    /** {@code log2(intensity) + gain} to 2^-190. */
    BigDecimal exposure(double intensity, double gain) {
      return step(1).exposure(intensity, gain).low();
    }

    /** {@code 2^(exposure + gain)} to 2^-180 of it. */
    BigDecimal intensity(double exposure, double gain) {
      return step(1).intensity(exposure, gain).low();
    }

    private Oracle step(int i) {
      while (steps.size() <= i) {
        steps.add(new Oracle(FIRST_BITS << steps.size()));
      }
      return steps.get(i);
    }
  }

  private Interval exposure(double intensity, double gain) {
    BigDecimal offset = new BigDecimal(gain).add(BigDecimal.valueOf(exponent(intensity)));
    BigDecimal one = new BigDecimal(BigInteger.ONE.shiftLeft(bits + 2));
    BigInteger m =
        new BigDecimal(intensity)
            .multiply(power(-exponent(intensity)))
            .multiply(one)
            .toBigInteger();
    BigInteger two = BigInteger.TWO.shiftLeft(bits + 2);
    if (m.getLowestSetBit() == bits + 2) {
      return Interval.exact(offset);
    }
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < bits; i++) {
      // Rounding down here costs at most 1.45 * 2^-(bits + 2) of the bits to come. That is less
      // than one unit of the last bit in all.
      m = m.multiply(m).shiftRight(bits + 2);
      sum = sum.shiftLeft(1);
      if (m.compareTo(two) >= 0) {
        m = m.shiftRight(1);
        sum = sum.setBit(0);
      }
    }
    return new Interval(
        offset.add(scaled(sum, bits)), offset.add(scaled(sum.add(BigInteger.TWO), bits)));
  }

  private Interval intensity(double exposure, double gain) {
    BigDecimal sum = new BigDecimal(exposure).add(new BigDecimal(gain));
    int whole = sum.setScale(0, RoundingMode.FLOOR).intValueExact();
    BigDecimal fraction = sum.subtract(BigDecimal.valueOf(whole));
    if (fraction.signum() == 0) {
      return Interval.exact(power(whole));
    }
    BigInteger f = fraction.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(bits))).toBigInteger();
    BigInteger product = BigInteger.ONE.shiftLeft(bits);
    for (int i = 0; i < bits; i++) {
      if (f.testBit(bits - 1 - i)) {
        product = product.multiply(roots.get(i)).shiftRight(bits);
      }
    }
    // In units of the last bit, each factor is at most 2 too low, each product 1, and the fraction
    // 1.
    BigInteger high = product.add(BigInteger.valueOf(8L * bits));
    return new Interval(
        scaled(product, bits).multiply(power(whole)), scaled(high, bits).multiply(power(whole)));
  }

  private static int exponent(double x) {
    return x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p64) - 64 : Math.getExponent(x);
  }

  private static BigDecimal scaled(BigInteger value, int bits) {
    return new BigDecimal(value).multiply(power(-bits));
  }

  private static BigDecimal power(int exponent) {
    return exponent >= 0
        ? new BigDecimal(BigInteger.TWO.pow(exponent))
        : BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(-exponent)));
  }

  private static long round(BigDecimal value, SampleType type) {
    return switch (type) {
      case FLOAT16 -> roundToFloat16(value);
      case FLOAT32 -> Float.floatToRawIntBits(value.floatValue()) & 0xffff_ffffL;
      case FLOAT64 -> Double.doubleToRawLongBits(value.doubleValue());
    };
  }

  /**
   * Rounds to the nearest neighbour of a first guess; of two equally near ones, to the even one.
   */
  private static long roundToFloat16(BigDecimal value) {
    long sign = value.signum() < 0 ? 0x8000 : 0;
    BigDecimal magnitude = value.abs();
    long guess = Float.floatToFloat16(magnitude.floatValue()) & 0xffff;
    long best = 0;
    BigDecimal least = magnitude;
    for (long bits = Math.max(1, guess - 1); bits <= Math.min(guess + 1, 0x7c00); bits++) {
      // Infinity stands for 65536, where the next number would be.
      BigDecimal number =
          bits == 0x7c00
              ? BigDecimal.valueOf(65536)
              : new BigDecimal(Float.float16ToFloat((short) bits));
      BigDecimal distance = magnitude.subtract(number).abs();
      int order = distance.compareTo(least);
      if (order < 0 || (order == 0 && bits % 2 == 0)) {
        best = bits;
        least = distance;
      }
    }
    return sign | best;
  }
}
