package stops.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * Defines an adjustment by a number of stops, bit pattern by bit pattern: {@code x * 2^s} for
 * intensities, {@code x + s} for exposures, rounded once to nearest even. Every engine gives the
 * same bits. All arithmetic is on integers.
 *
 * <p>Both maps are those of an {@link Operand}, which has 82 significant bits (64 for {@code x +
 * s}) between float16 and float32, and 128 where a float64 takes part. What is cut off of the exact
 * number is kept in its last bit, which is 1 then (rounding to odd). A result is therefore rounded
 * as that of the exact number would be, unless the exact result is nearer to a tie than 2^-82 of
 * its value, or 2^-128; and it is on the right side of a tie whenever that is a tie of all results.
 *
 * <p>Immutable and thread-safe.
 */
public final class Adjustment {
  /** Beyond this, all results but 0 over- or underflow. */
  private static final int MOST_STOPS = 5000;

  private static final int SCALE_BITS = 82;
  private static final int SHIFT_BITS = 64;
  private static final int WIDE_BITS = 128;

  private final boolean scales;
  private final SampleType source;
  private final SampleType target;
  private final Operand there;
  private final Operand back;

  /**
   * The number by which a sample is multiplied, or that is added to it: {@code (-1)^negative *
   * (high * 2^64 + low) * 2^(exponent - 127)}. The words are unsigned; the first bit of {@code
   * high} is 1, unless the number is 0.
   */
  public record Operand(boolean negative, int exponent, long high, long low) {

    boolean isZero() {
      return high == 0;
    }
  }

  /** The definition of {@code conversion}, which {@link Direction#adjusts}. */
  public Adjustment(Conversion conversion) {
    scales = conversion.direction() == Direction.SCALE;
    source = conversion.source();
    target = conversion.target();
    boolean wide = source == SampleType.FLOAT64 || target == SampleType.FLOAT64;
    BigDecimal stops =
        new BigDecimal(conversion.gainStops()).add(new BigDecimal(conversion.gainRest()));
    if (scales) {
      int bits = wide ? WIDE_BITS : SCALE_BITS;
      there = factor(stops, bits);
      back = factor(stops.negate(), bits);
    } else {
      there = summand(stops, wide ? WIDE_BITS : SHIFT_BITS);
      back = new Operand(!there.negative, there.exponent, there.high, there.low);
    }
  }

  /** Whether it multiplies; otherwise it adds. */
  public boolean scales() {
    return scales;
  }

  /** The operand of the adjustment. */
  public Operand there() {
    return there;
  }

  /** The operand of the opposite adjustment. */
  public Operand back() {
    return back;
  }

  private static Operand factor(BigDecimal stops, int bits) {
    BigDecimal most = BigDecimal.valueOf(MOST_STOPS);
    BigDecimal within = stops.min(most).max(most.negate());
    BigDecimal whole = within.setScale(0, RoundingMode.FLOOR);
    BigDecimal fraction = within.subtract(whole);
    boolean exact = fraction.signum() == 0;
    BigInteger factor = exact ? BigInteger.ONE.shiftLeft(Gain.POINT) : Gain.factor(fraction);
    return operand(false, factor, Gain.POINT - whole.intValueExact(), bits, exact);
  }

  private static Operand summand(BigDecimal stops, int bits) {
    if (stops.signum() == 0) {
      return new Operand(false, 0, 0, 0);
    }
    // A double is a whole number of 2^-1074, and so is a sum of doubles.
    BigInteger units =
        stops.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(1074))).toBigIntegerExact();
    return operand(stops.signum() < 0, units.abs(), 1074, bits, true);
  }

  /** {@code number * 2^-point}, cut off after {@code bits} significant bits. */
  private static Operand operand(
      boolean negative, BigInteger number, int point, int bits, boolean exact) {
    int length = number.bitLength();
    int cut = length - bits;
    BigInteger words = cut >= 0 ? number.shiftRight(cut) : number.shiftLeft(-cut);
    boolean lost = !exact || (cut > 0 && number.getLowestSetBit() < cut);
    if (lost) {
      words = words.setBit(0);
    }
    words = words.shiftLeft(WIDE_BITS - bits);
    return new Operand(
        negative, length - 1 - point, words.shiftRight(Long.SIZE).longValue(), words.longValue());
  }

  /**
   * The result of a sample, as bits of the target type. Of a NaN that becomes one of another type,
   * it is the canonical one.
   *
   * @param bits bits of the source type
   */
  public long adjust(long bits) {
    return apply(there, source, bits, target);
  }

  /**
   * What becomes of a sample; null if the opposite adjustment of its result gives it again.
   *
   * @param bits bits of the source type
   * @param result the result of {@link #adjust}
   */
  public @Nullable Anomaly anomaly(long bits, long result) {
    long sign = SampleBits.sign(source);
    if ((bits & (sign - 1)) >= SampleBits.infinity(source)) {
      return null;
    }
    long size = result & ~SampleBits.sign(target);
    if (size == SampleBits.infinity(target)) {
      return Anomaly.OVERFLOW;
    }
    if (apply(back, target, result, source) == (bits & (sign | (sign - 1)))) {
      return null;
    }
    return scales && size == 0 ? Anomaly.UNDERFLOW : Anomaly.ROUNDED;
  }

  private long apply(Operand operand, SampleType from, long bits, SampleType to) {
    long sign = SampleBits.sign(from);
    boolean negative = (bits & sign) != 0;
    long magnitude = bits & (sign - 1);
    long infinity = SampleBits.infinity(from);
    long signed = negative ? SampleBits.sign(to) : 0;
    if (magnitude >= infinity) {
      return magnitude == infinity
          ? signed | SampleBits.infinity(to)
          : from == to ? bits & (sign | (sign - 1)) : SampleBits.canonicalNaN(to);
    }
    if (magnitude == 0 && (scales || operand.isZero())) {
      return signed;
    }
    return scales
        ? scaled(operand, negative, magnitude, from, to)
        : shifted(operand, negative, magnitude, from, to);
  }

  private static long scaled(
      Operand factor, boolean negative, long magnitude, SampleType from, SampleType to) {
    long significand = significand(magnitude, from);
    int exponent = exponent(magnitude, from) + factor.exponent;
    // The product has 192 bits, of which the first or the second is 1.
    long high = Math.unsignedMultiplyHigh(significand, factor.high);
    long middle = significand * factor.high;
    long carried = middle + Math.unsignedMultiplyHigh(significand, factor.low);
    long low = significand * factor.low;
    high += Long.compareUnsigned(carried, middle) < 0 ? 1 : 0;
    boolean rest = low != 0;
    return high < 0
        ? SampleBits.round(to, negative, exponent + 1, high, carried, rest)
        : SampleBits.round(
            to, negative, exponent, high << 1 | carried >>> 63, carried << 1 | low >>> 63, rest);
  }

  private static long shifted(
      Operand summand, boolean negative, long magnitude, SampleType from, SampleType to) {
    Sum sample =
        magnitude == 0
            ? new Sum(negative, 0, 0, 0)
            : new Sum(negative, exponent(magnitude, from), significand(magnitude, from), 0);
    Sum other = new Sum(summand.negative, summand.exponent, summand.high, summand.low);
    return Sum.of(sample, other, to);
  }

  /** The significand of a number that is not 0, with the first of 64 bits set. */
  private static long significand(long magnitude, SampleType type) {
    long hidden = Long.lowestOneBit(SampleBits.infinity(type));
    long fraction = magnitude & (hidden - 1);
    long bits = magnitude < hidden ? fraction : fraction | hidden;
    return bits << Long.numberOfLeadingZeros(bits);
  }

  /** The exponent of the first bit of a number that is not 0. */
  private static int exponent(long magnitude, SampleType type) {
    long hidden = Long.lowestOneBit(SampleBits.infinity(type));
    int least = SampleBits.leastExponent(type);
    return magnitude < hidden
        ? least - (Long.numberOfLeadingZeros(magnitude) - Long.numberOfLeadingZeros(hidden))
        : least - 1 + (int) (magnitude / hidden);
  }

  /** A term of a sum: {@code (high * 2^64 + low) * 2^(exponent - 127)}; 0 if {@code high} is 0. */
  private record Sum(boolean negative, int exponent, long high, long low) {

    /** The sum of two numbers that are not both 0, rounded. */
    static long of(Sum one, Sum two, SampleType to) {
      if (two.high == 0 || one.high == 0) {
        Sum only = two.high == 0 ? one : two;
        return SampleBits.round(to, only.negative, only.exponent, only.high, only.low, false);
      }
      boolean first = one.isLarger(two);
      Sum large = first ? one : two;
      Sum small = first ? two : one;
      int distance = large.exponent - small.exponent;
      long high = distance < 64 ? small.high >>> distance : 0;
      long low =
          distance == 0
              ? small.low
              : distance < 64
                  ? small.low >>> distance | small.high << (64 - distance)
                  : distance < 128 ? small.high >>> (distance - 64) : 0;
      boolean rest =
          distance < 64
              ? distance > 0 && small.low << (64 - distance) != 0
              : distance < 128
                  ? small.low != 0 || (distance > 64 && small.high << (128 - distance) != 0)
                  : true;
      return large.negative == small.negative
          ? large.plus(high, low, rest, to)
          : large.minus(high, low, rest, to);
    }

    private boolean isLarger(Sum other) {
      if (exponent != other.exponent) {
        return exponent > other.exponent;
      }
      int highs = Long.compareUnsigned(high, other.high);
      return highs > 0 || (highs == 0 && Long.compareUnsigned(low, other.low) >= 0);
    }

    private long plus(long otherHigh, long otherLow, boolean rest, SampleType to) {
      long sumLow = low + otherLow;
      long sum = high + otherHigh;
      boolean carry = Long.compareUnsigned(sum, high) < 0;
      if (Long.compareUnsigned(sumLow, low) < 0) {
        sum++;
        carry |= sum == 0;
      }
      return carry
          ? SampleBits.round(
              to,
              negative,
              exponent + 1,
              sum >>> 1 | Long.MIN_VALUE,
              sumLow >>> 1 | sum << 63,
              rest || (sumLow & 1) != 0)
          : SampleBits.round(to, negative, exponent, sum, sumLow, rest);
    }

    /** A rest of the other number makes the difference smaller by less than its last bit. */
    private long minus(long otherHigh, long otherLow, boolean rest, SampleType to) {
      long difference = high - otherHigh - (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
      long differenceLow = low - otherLow;
      if (rest) {
        difference -= differenceLow == 0 ? 1 : 0;
        differenceLow--;
      }
      if (difference == 0 && differenceLow == 0 && !rest) {
        return 0;
      }
      int zeros =
          difference == 0
              ? 64 + Long.numberOfLeadingZeros(differenceLow)
              : Long.numberOfLeadingZeros(difference);
      long first =
          zeros == 0
              ? difference
              : zeros < 64
                  ? difference << zeros | differenceLow >>> (64 - zeros)
                  : differenceLow << (zeros - 64);
      long second = zeros < 64 ? differenceLow << zeros : 0;
      return SampleBits.round(to, negative, exponent - zeros, first, second, rest);
    }
  }
}
