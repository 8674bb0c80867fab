package stops.cpu;

import stops.math.Exp2Narrow;

/**
 * Computes {@code 2^x} for arrays of float32, correctly rounded to float32. The loops have no
 * branches, tables or objects, so that Java's compiler makes vector instructions of them by itself.
 *
 * <p>Let {@code x = k + r}, {@code |r| <= 1/2}. Then {@code 2^x = 2^k * (1 + r*Q(r))}. {@code
 * Q(r)}, of degree 9, is {@code (2^r - 1)/r} with an error below 2^-50 of {@code 2^r}. The second
 * factor is rounded to float32; then {@code k} is added to its exponent. That is right if the
 * result is normal. The results of two float32 lie too close to the middle between two numbers;
 * {@link Exp2Narrow} converts these. Constants and bound come from {@code
 * src/main/sollya/exp2block.sollya}. A test with all float32 shows that none is misrounded.
 */
final class Exp2Block {
  /**
   * Largest magnitude of an exposure, in stops, at which the intensity is certainly a normal
   * float32.
   */
  static final float FLOAT_RANGE = 126;

  /** The same for float16 intensities, which are finite and not 0 there. */
  static final float HALF_RANGE = 15.9f;

  /** Adding this rounds to a whole number. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final int TIE_1 = Float.floatToRawIntBits(Exp2Narrow.TIE_1);
  private static final int TIE_2 = Float.floatToRawIntBits(Exp2Narrow.TIE_2);

  private static final double Q0 = 0x1.62e42fefa39f7p-1;
  private static final double Q1 = 0x1.ebfbdff82c5ap-3;
  private static final double Q2 = 0x1.c6b08d70440a1p-5;
  private static final double Q3 = 0x1.3b2ab6fba0424p-7;
  private static final double Q4 = 0x1.5d87fe909d2dfp-10;
  private static final double Q5 = 0x1.4309130f409c9p-13;
  private static final double Q6 = 0x1.ffcb7653fa373p-17;
  private static final double Q7 = 0x1.62bfc4e9e6946p-20;
  private static final double Q8 = 0x1.b6573e96b35e6p-24;
  private static final double Q9 = 0x1.e621f2cb75605p-28;

  private Exp2Block() {}

  /**
   * Negative if the result of a sample may not be right.
   *
   * @param bits bit pattern of the sample
   * @param range bit pattern of the largest magnitude that is usual
   */
  static int unusual(int bits, int range) {
    int first = bits ^ TIE_1;
    int second = bits ^ TIE_2;
    return (range - (bits & Integer.MAX_VALUE)) | (first - 1 & ~first) | (second - 1 & ~second);
  }

  /** Negative if any sample is {@link #unusual(int, int)}. */
  static int unusual(int[] bits, int range) {
    int unusual = 0;
    for (int i = 0; i < bits.length; i++) {
      unusual |= unusual(bits[i], range);
    }
    return unusual;
  }

  /**
   * First step: computes the intensities without their powers of two.
   *
   * @param exposures the samples {@code x}, in stops
   * @param powers receives {@code k}, shifted to the exponent of a float32
   * @param results receives {@code 2^r}
   */
  static void exp2(float[] exposures, int[] powers, float[] results) {
    for (int i = 0; i < results.length; i++) {
      float k = (exposures[i] + ROUNDER) - ROUNDER;
      powers[i] = (int) k << 23;
      double r = (double) exposures[i] - (double) k;
      double q = Math.fma(Q9, r, Q8);
      q = Math.fma(q, r, Q7);
      q = Math.fma(q, r, Q6);
      q = Math.fma(q, r, Q5);
      q = Math.fma(q, r, Q4);
      q = Math.fma(q, r, Q3);
      q = Math.fma(q, r, Q2);
      q = Math.fma(q, r, Q1);
      q = Math.fma(q, r, Q0);
      results[i] = (float) Math.fma(r, q, 1.0);
    }
  }

  /** Second step: adds the powers of two to the bit patterns of the results. */
  static void scale(int[] bits, int[] powers) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] += powers[i];
    }
  }
}
