package stops.cpu;

/**
 * Computes {@code log2(x)} for arrays of normal positive float32, correctly rounded to float32. The
 * loops have no branches, tables or objects, so that Java's compiler makes vector instructions of
 * them by itself.
 *
 * <p>Let {@code x = 2^e * (1 + f)}, {@code sqrt(1/2) <= 1 + f < sqrt(2)}. Then {@code log2(x) = e +
 * (f*L + f*Q(f))}. {@code L} is {@code 1/ln 2} to the nearest double. {@code Q(f)}, of degree 18,
 * is {@code log2(1 + f)/f - L} with a relative error below 2^-51. Constants and bound come from
 * {@code src/main/sollya/log2block.sollya}. A test with all float32 shows that none is misrounded.
 */
final class Log2Block {
  private static final int SMALLEST_NORMAL = 0x0080_0000;
  private static final int LARGEST = 0x7f7f_ffff;
  private static final int SQRT_HALF = 0x3f35_04f3;

  private static final double INV_LN2 = 0x1.71547652b82fep0;
  private static final double Q0 = 0x1.d242a07328b03p-54;
  private static final double Q1 = -0x1.71547652b8232p-1;
  private static final double Q2 = 0x1.ec709dc39fb19p-2;
  private static final double Q3 = -0x1.71547652e9273p-2;
  private static final double Q4 = 0x1.2776c50fa3bcep-2;
  private static final double Q5 = -0x1.ec709d8d282afp-3;
  private static final double Q6 = 0x1.a61761fcb3c2dp-3;
  private static final double Q7 = -0x1.715483c657b6dp-3;
  private static final double Q8 = 0x1.484b3fea728eap-3;
  private static final double Q9 = -0x1.27750d4470f08p-3;
  private static final double Q10 = 0x1.0c9433812afcdp-3;
  private static final double Q11 = -0x1.ecac836f98f3dp-4;
  private static final double Q12 = 0x1.c798c53a0432dp-4;
  private static final double Q13 = -0x1.a42a1d3d49ee3p-4;
  private static final double Q14 = 0x1.7dbf071f84fd8p-4;
  private static final double Q15 = -0x1.731247d3cba45p-4;
  private static final double Q16 = 0x1.a343d55f2ab2fp-4;
  private static final double Q17 = -0x1.91266ec632caep-4;
  private static final double Q18 = 0x1.74f39bd207e7cp-5;

  private Log2Block() {}

  /**
   * Negative unless a sample is normal and positive. Otherwise its result is not right.
   *
   * @param bits bit pattern of the sample
   */
  static int unusual(int bits) {
    return (bits - SMALLEST_NORMAL) | (LARGEST - bits);
  }

  /** Negative if any sample is {@link #unusual(int)}. */
  static int unusual(int[] bits) {
    int unusual = 0;
    for (int i = 0; i < bits.length; i++) {
      unusual |= unusual(bits[i]);
    }
    return unusual;
  }

  /**
   * First step: removes the exponents {@code e}.
   *
   * @param bits bit patterns of the samples
   * @param mantissas receives the bit patterns of {@code 1 + f}
   */
  static void mantissas(int[] bits, int[] mantissas) {
    for (int i = 0; i < bits.length; i++) {
      mantissas[i] = bits[i] - (exponent(bits[i]) << 23);
    }
  }

  private static int exponent(int bits) {
    return (bits - SQRT_HALF) >> 23;
  }

  /**
   * Second step: computes the logarithms.
   *
   * @param bits bit patterns of the samples
   * @param mantissas {@code 1 + f} of each sample
   * @param results receives the exposures, in stops
   */
  static void log2(int[] bits, float[] mantissas, float[] results) {
    for (int i = 0; i < results.length; i++) {
      double f = mantissas[i] - 1.0;
      double q = Math.fma(Q18, f, Q17);
      q = Math.fma(q, f, Q16);
      q = Math.fma(q, f, Q15);
      q = Math.fma(q, f, Q14);
      q = Math.fma(q, f, Q13);
      q = Math.fma(q, f, Q12);
      q = Math.fma(q, f, Q11);
      q = Math.fma(q, f, Q10);
      q = Math.fma(q, f, Q9);
      q = Math.fma(q, f, Q8);
      q = Math.fma(q, f, Q7);
      q = Math.fma(q, f, Q6);
      q = Math.fma(q, f, Q5);
      q = Math.fma(q, f, Q4);
      q = Math.fma(q, f, Q3);
      q = Math.fma(q, f, Q2);
      q = Math.fma(q, f, Q1);
      q = Math.fma(q, f, Q0);
      results[i] = (float) (exponent(bits[i]) + Math.fma(f, INV_LN2, f * q));
    }
  }
}
