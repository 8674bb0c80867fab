package stops.cpu;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import stops.math.Adjustment;

/**
 * A factor as the sum of two float32 numbers, with which {@code fma(x, high, x * low)} is the
 * product of each float32 {@code x}, correctly rounded, as long as the product and both its terms
 * are normal numbers.
 *
 * <p>Nicolas Brisebarre and Jean-Michel Muller, "Correctly rounded multiplication by arbitrary
 * precision constants", IEEE Transactions on Computers 57 (2008), show that this is so for most
 * factors. The sum of the terms is off by less than 2^-19 ULP of the result before it is rounded.
 * It can therefore be rounded to the wrong side only where the exact product is that near to a tie.
 * Few significands are such: each of them is tried. Where one is wrong, the terms are moved by some
 * ULP, and all of them are tried again.
 *
 * <p>Immutable.
 */
record FloatFactor(float high, float low) {
  /** How near to a tie products are tried, in units of 2^-64 ULP. */
  private static final long NEAR = 1L << (64 - 19);

  private static final int FIRST_SIGNIFICAND = 1 << 23;

  /** So many significands are looked through by one search in a sorted table. */
  private static final int STRIDE = 1 << 12;

  private static final int MOST_MOVES = 4;

  /** The product with a smaller low term, as a part of the high one, could be subnormal. */
  private static final float LEAST_PART = 0x1p-36f;

  /** The pair of a positive factor; empty if none was found that is right for all samples. */
  static Optional<FloatFactor> of(Adjustment.Operand factor) {
    Float32Operand exact =
        Float32Operand.of(true, new Adjustment.Operand(false, 0, factor.high(), factor.low()));
    int[] samples = significandsNearTies(factor.high());
    float nearest = (float) (factor.high() >>> 39) * 0x1p-24f;
    for (float high : new float[] {nearest, Math.nextUp(nearest), Math.nextDown(nearest)}) {
      float low = (float) (exact.first() - high + exact.second());
      for (int move = -MOST_MOVES; move <= MOST_MOVES; move++) {
        FloatFactor pair = new FloatFactor(high, low + move * Math.ulp(low));
        if (pair.isNormal() && pair.isRight(samples, exact)) {
          return Optional.of(
              new FloatFactor(
                  Math.scalb(pair.high, factor.exponent()),
                  Math.scalb(pair.low, factor.exponent())));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isNormal() {
    return low == 0 || Math.abs(low) >= LEAST_PART * high;
  }

  private boolean isRight(int[] samples, Float32Operand exact) {
    for (float x : samples) {
      int product = Float.floatToRawIntBits(Math.fma(x, high, x * low));
      if (product != exact.adjust(Float.floatToRawIntBits(x))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The significands whose products are near to a tie.
   *
   * @param factor from 1 to 2, in units of 2^-63
   */
  static int[] significandsNearTies(long factor) {
    // From here on, products have 25 bits before the point.
    double next = 0x1p24 / ((factor >>> 11) * 0x1p-52);
    IntStream before = nearHalf(factor << 1, FIRST_SIGNIFICAND, (int) next + 1);
    IntStream after = nearHalf(factor, (int) next - 1, 2 * FIRST_SIGNIFICAND);
    return IntStream.concat(before, after).toArray();
  }

  /**
   * The significands whose product with {@code factor} is an odd number of halves, or near to one.
   *
   * @param factor what is after its point, in units of 2^-64; overflow drops whole numbers
   * @param from the first significand
   * @param to the first one beyond the last
   */
  private static IntStream nearHalf(long factor, int from, int to) {
    // Multiples by 0 to STRIDE - 1, sorted; the number itself is in the last bits.
    long[] multiples = new long[STRIDE];
    for (int i = 0; i < STRIDE; i++) {
      multiples[i] = factor * i & -STRIDE | i;
    }
    Arrays.sort(multiples);
    IntStream.Builder found = IntStream.builder();
    for (int first = from; first < to; first += STRIDE) {
      long least = (Long.MIN_VALUE - NEAR - factor * first) & -STRIDE;
      int place = Arrays.binarySearch(multiples, least);
      int at = place < 0 ? -place - 1 : place;
      for (int i = 0; i < STRIDE; i++) {
        long multiple = multiples[(at + i) % STRIDE];
        if (Long.compareUnsigned(multiple - least, 2 * NEAR + STRIDE) > 0) {
          break;
        }
        int significand = first + (int) (multiple & (STRIDE - 1));
        if (significand < to) {
          found.add(significand);
        }
      }
    }
    return found.build();
  }
}
