package stops.math;

/**
 * Computes {@code log2(x)} of float32 {@code x} as a double that rounds correctly to float32 and to
 * float16. Exact for powers of two.
 *
 * <p>Let {@code x = 2^k * z}, {@code z} in one octave around 1. Let {@code c} be close to {@code
 * 1/z}, from a table, and {@code r = z*c - 1}, {@code |r| <= 1/16}. Then {@code log2(x) = (k -
 * log2(c)) + (r*L + r*Q(r))}. {@code L} is {@code 1/ln 2} to the nearest double. {@code Q(r)}, of
 * degree 9, is {@code log2(1 + r)/r - L} with an error below 2^-52. Each {@code c} has 28 bits, so
 * that {@code r} is exact. Each {@code log2(c)} is within 2^-59 of a multiple of 2^-43, so that the
 * first sum is exact (S. Gal, "Computing elementary functions: a new approach for achieving high
 * accuracy and good performance", 1986). Next to 1, {@code c} is 1. Constants and bound come from
 * {@code src/main/sollya/log2narrow.sollya}. A test with all float32 shows that none is misrounded.
 */
public final class Log2Narrow {
  /** Half of an eighth of an octave, as a difference of bit patterns of doubles. */
  public static final long HALF_STEP = 1L << 48;

  /** {@code L}, the nearest double of {@code 1/ln 2}. */
  public static final double INV_LN2 = 0x1.71547652b82fep0;

  /** Coefficients of {@code Q}, from the constant term on. */
  public static final double Q0 = 0x1.a0c8accb7589ep-53;

  public static final double Q1 = -0x1.71547652b82bap-1;
  public static final double Q2 = 0x1.ec709dc39697cp-2;
  public static final double Q3 = -0x1.7154765347a6ap-2;
  public static final double Q4 = 0x1.2776c561f3ecp-2;
  public static final double Q5 = -0x1.ec7098e855ccap-3;
  public static final double Q6 = 0x1.a6156d7f751e5p-3;
  public static final double Q7 = -0x1.715bb21a5741dp-3;
  public static final double Q8 = 0x1.4ab6f8bf2289fp-3;
  public static final double Q9 = -0x1.24c93feac8e48p-3;

  private static final double[] RECIPROCALS = {
    0x1p0,
    0x1.c6f82fcp-1,
    0x1.99b50c2p-1,
    0x1.7442d6ap-1,
    0x1.558d9bcp-1,
    0x1.3b409dp-1,
    0x1.248925p-1,
    0x1.10e9506p-1,
  };

  private static final double[] LOGARITHMS = {
    0x0p0,
    0x1.5ced111caep-3,
    0x1.49448938cf8p-2,
    0x1.d6dd694243p-2,
    0x1.2b0676638acp-1,
    0x1.6636c09308p-1,
    0x1.9d74b463b54p-1,
    0x1.d0bf8724f78p-1,
  };

  private Log2Narrow() {}

  /** {@code c} for each eighth of the octave. */
  public static double[] reciprocals() {
    return RECIPROCALS.clone();
  }

  /** {@code -log2(c)} for each eighth of the octave. */
  public static double[] logarithms() {
    return LOGARITHMS.clone();
  }

  /**
   * {@code log2(x)} in stops, before it is rounded to a sample type.
   *
   * @param x finite, above 0
   */
  public static double log2(float x) {
    long bits = Double.doubleToRawLongBits(x) + HALF_STEP;
    int k = (int) (bits >> 52) - 1023;
    int j = (int) (bits >> 49) & 7;
    double scale = Double.longBitsToDouble((1023L - k) << 52);
    double r = Math.fma(x * scale, RECIPROCALS[j], -1);
    double q = Math.fma(Q9, r, Q8);
    q = Math.fma(q, r, Q7);
    q = Math.fma(q, r, Q6);
    q = Math.fma(q, r, Q5);
    q = Math.fma(q, r, Q4);
    q = Math.fma(q, r, Q3);
    q = Math.fma(q, r, Q2);
    q = Math.fma(q, r, Q1);
    q = Math.fma(q, r, Q0);
    return (k + LOGARITHMS[j]) + Math.fma(r, INV_LN2, r * q);
  }
}
