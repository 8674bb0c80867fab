package stops.math;

/**
 * Computes {@code 2^x} of float32 {@code x} as a double that rounds correctly to float32 and to
 * float16, subnormal results included. Exact for whole {@code x}.
 *
 * <p>Let {@code x = k + j/8 + r}, {@code |r| <= 1/16}. Then {@code 2^x = s + s*r*Q(r)}. {@code s}
 * is {@code 2^(k + j/8)} to the nearest double. {@code Q(r)}, of degree 6, is {@code (2^r - 1)/r}
 * with an error below 2^-57. The result is within 1.1 ULP of double. That is not enough for two
 * float32, whose results lie too close to the middle between two numbers; these are corrected.
 * Constants and bound come from {@code src/main/sollya/exp2narrow.sollya}. A test with all float32
 * shows that none is misrounded.
 */
public final class Exp2Narrow {
  /** Adding this rounds to a multiple of 1/8, which the low bits of the sum hold. */
  public static final double ROUNDER = 0x1.8p49;

  /** Coefficients of {@code Q}, from the constant term on. */
  public static final double Q0 = 0x1.62e42fefa39efp-1;

  public static final double Q1 = 0x1.ebfbdff82c6c5p-3;
  public static final double Q2 = 0x1.c6b08d704bc64p-5;
  public static final double Q3 = 0x1.3b2ab6f1f1cfp-7;
  public static final double Q4 = 0x1.5d87fe0451e5p-10;
  public static final double Q5 = 0x1.430dec961f7d4p-13;
  public static final double Q6 = 0x1.fff1bc4e26c1dp-17;

  /** The two samples whose results fall on a tie before rounding, but belong above it. */
  public static final float TIE_1 = 0x1.853a6ep-9f;

  public static final float TIE_2 = -0x1.e7526ep-6f;

  private static final double[] TABLE = {
    0x1p0,
    0x1.172b83c7d517bp0,
    0x1.306fe0a31b715p0,
    0x1.4bfdad5362a27p0,
    0x1.6a09e667f3bcdp0,
    0x1.8ace5422aa0dbp0,
    0x1.ae89f995ad3adp0,
    0x1.d5818dcfba487p0,
  };

  private Exp2Narrow() {}

  /** The bit patterns of {@code 2^(j/8)}, {@code j} from 0 to 7. */
  public static long[] table() {
    long[] bits = new long[TABLE.length];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Double.doubleToRawLongBits(TABLE[j]);
    }
    return bits;
  }

  /**
   * {@code 2^x}, before it is rounded to a sample type.
   *
   * @param x exposure in stops, from −1000 to 1000
   */
  public static double exp2(float x) {
    double rounded = x + ROUNDER;
    double r = x - (rounded - ROUNDER);
    long eighths = Double.doubleToRawLongBits(rounded);
    double s = TABLE[(int) eighths & 7];
    s = Double.longBitsToDouble(Double.doubleToRawLongBits(s) + (eighths >> 3 << 52));
    double q = Math.fma(Q6, r, Q5);
    q = Math.fma(q, r, Q4);
    q = Math.fma(q, r, Q3);
    q = Math.fma(q, r, Q2);
    q = Math.fma(q, r, Q1);
    q = Math.fma(q, r, Q0);
    double result = Math.fma(s, r * q, s);
    return x == TIE_1 || x == TIE_2 ? Math.nextUp(result) : result;
  }
}
