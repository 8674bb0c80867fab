package stops.math;

/**
 * {@code 2^x} for float32 {@code x}, as a double that rounds correctly to float32 and to float16:
 * no float32 is misrounded, subnormal results included. Exact for whole {@code x}.
 *
 * <p>With {@code x = k + j/8 + r}, {@code |r| <= 1/16}: {@code 2^x = s + s*r*Q(r)}, where {@code s
 * = 2^(k + j/8)} to the nearest double and {@code Q(r)}, of degree 6, is {@code (2^r - 1)/r} with
 * an error below 2^-57. The result is within 1.1 ULP of double. The two float32 that are too close
 * to the middle between two results for that are known by value. Constants and bound come from
 * {@code src/main/sollya/exp2narrow.sollya}; that no float32 is misrounded is tested with all of
 * them.
 */
public final class Exp2Narrow {
  /** Adding it rounds to a multiple of 1/8, which then stands in the low bits. */
  public static final double ROUNDER = 0x1.8p49;

  /** {@code Q}'s coefficients, from the constant on. */
  public static final double Q0 = 0x1.62e42fefa39efp-1;

  public static final double Q1 = 0x1.ebfbdff82c6c5p-3;
  public static final double Q2 = 0x1.c6b08d704bc64p-5;
  public static final double Q3 = 0x1.3b2ab6f1f1cfp-7;
  public static final double Q4 = 0x1.5d87fe0451e5p-10;
  public static final double Q5 = 0x1.430dec961f7d4p-13;
  public static final double Q6 = 0x1.fff1bc4e26c1dp-17;

  /** Their results, before rounding, fall on a tie and belong above it. */
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

  /** The bits of {@code 2^(j/8)}, {@code j} from 0 to 7. */
  public static long[] table() {
    long[] bits = new long[TABLE.length];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Double.doubleToRawLongBits(TABLE[j]);
    }
    return bits;
  }

  /**
   * {@code 2^x}, not rounded to its sample type yet.
   *
   * @param x −1000 to 1000
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
