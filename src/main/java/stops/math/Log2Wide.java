package stops.math;

/**
 * Computes {@code log2(x * 2^g)} as a sum of two doubles, with a relative error below 2^-66 for
 * every {@code x}, also next to 1 (the worst seen: 2^-68.06, at 1.004). Exact where {@code x} is a
 * power of two and {@code g} is whole.
 *
 * <p>Let {@code x * 2^g = 2^k * z}, {@code z} in one octave around 1. Let {@code c} be close to
 * {@code 1/z}, from a table, and {@code r = z*c - 1}, {@code |r| <= 2^-8}. Then the result is
 * {@code k - log2(c) + (r - r^2/2 + r^3*P(r)) / ln 2}. Next to 1, {@code c} is 1 and {@code r} is
 * exact.
 *
 * <p>The polynomial's error is below 2^-70.5 of {@code r}. The first two terms are exact. The third
 * is at most 2^-17.6 of {@code r}, and eight roundings of numbers of that size follow. With the
 * polynomial's error they are less than 2^-67.5 of {@code r}. Where {@code c} is not 1, the
 * magnitude of the result is at least {@code r/1.5}. Constants and the polynomial's bound come from
 * {@code src/main/sollya/log2wide.sollya}.
 *
 * <p>The reduction is that of P. T. P. Tang, "Table-driven implementation of the logarithm function
 * in IEEE floating-point arithmetic", ACM TOMS 16 (1990).
 */
final class Log2Wide {
  private static final long FRACTION = (1L << 52) - 1;
  private static final long ONE = 1023L << 52;

  /**
   * Bit pattern of the least {@code z}. 1 lies at 2/3 of the 76th part, so that the errors at both
   * ends of that part are equal.
   */
  private static final long ORIGIN = ONE - 75 * (1L << 45) - 2731 * (1L << 33);

  private static final double INV_LN2_HIGH = 0x1.71547652b82fep0;
  private static final double INV_LN2_LOW = 0x1.777d0ffda0d24p-56;
  private static final double P0 = 0x1.5555555555556p-2;
  private static final double P1 = -0x1.0000000000001p-2;
  private static final double P2 = 0x1.99999998e2254p-3;
  private static final double P3 = -0x1.555555547a1e3p-3;
  private static final double P4 = 0x1.2493c9add148p-3;
  private static final double P5 = -0x1.000186b5d06c5p-3;
  private static final double[] TABLE = Log2WideTable.ENTRIES;

  private Log2Wide() {}

  /**
   * {@code log2(x)}, with the same result as with a gain of 0.
   *
   * @param x finite, above 0
   */
  static Wide log2(double x) {
    long bits = normalBits(x);
    return log2(exponentOf(x, bits), significandOf(bits), 0, 0);
  }

  /**
   * {@code log2(x * 2^g)}.
   *
   * @param x finite, above 0
   */
  static Wide log2(double x, Gain gain) {
    long bits = normalBits(x);
    double m = significandOf(bits);
    // The significands' product in three doubles, to 2^-158.
    double product = m * gain.high();
    double error = Math.fma(m, gain.high(), -product);
    double middle = m * gain.middle();
    double middleError = Math.fma(m, gain.middle(), -middle);
    double rest = error + middle;
    double part = rest - error;
    double restError = (error - (rest - part)) + (middle - part);
    double tail = restError + Math.fma(m, gain.low(), middleError);
    return log2(exponentOf(x, bits) + gain.exponent(), product, rest, tail);
  }

  /** The bits of {@code x}, or of {@code x * 2^64} where {@code x} is subnormal. */
  private static long normalBits(double x) {
    return Double.doubleToRawLongBits(x < Double.MIN_NORMAL ? x * 0x1p64 : x);
  }

  private static int exponentOf(double x, long normalBits) {
    return (int) (normalBits >>> 52) - (x < Double.MIN_NORMAL ? 1023 + 64 : 1023);
  }

  private static double significandOf(long normalBits) {
    return Double.longBitsToDouble((normalBits & FRACTION) | ONE);
  }

  /** {@code log2(2^exponent * (m + rest + tail))}, {@code m} from 1 to below 4. */
  private static Wide log2(int exponent, double m, double rest, double tail) {
    long bits = Double.doubleToRawLongBits(m);
    long distance = bits - ORIGIN;
    int i = (int) (distance >>> 45) & 127;
    long octave = distance >> 52;
    double z = Double.longBitsToDouble(bits - (octave << 52));
    double scale = Double.longBitsToDouble((1023 - octave) << 52);
    double c = TABLE[3 * i];
    double tableHigh = TABLE[3 * i + 1];
    double tableLow = TABLE[3 * i + 2];

    // r + rLow = z c - 1.
    double product = z * c;
    double error = Math.fma(rest * scale, c, Math.fma(z, c, -product));
    double exact = product - 1;
    double r = exact + error;
    double rLow = Math.fma(tail * scale, c, error - (r - exact));

    // u + uLow = r - r^2/2 + r^3 P(r), the natural logarithm of 1 + r.
    double square = r * r;
    double squareError = Math.fma(r, r, -square);
    double u = Math.fma(-0.5, square, r);
    double uError = Math.fma(-0.5, square, r - u);
    double p = Math.fma(r, P5, P4);
    p = Math.fma(r, p, P3);
    p = Math.fma(r, p, P2);
    p = Math.fma(r, p, P1);
    p = Math.fma(r, p, P0);
    double linear = Math.fma(-0.5, squareError, uError) + Math.fma(-r, rLow, rLow);
    double uLow = Math.fma(r * square, p, linear);

    // l + lLow, the same in stops.
    double l = u * INV_LN2_HIGH;
    double lError = Math.fma(u, INV_LN2_HIGH, -l);
    double lLow = lError + Math.fma(u, INV_LN2_LOW, uLow * INV_LN2_HIGH);

    // k - log2(c) + l: the first sum is exact, the second split into sum and error.
    double k = (double) (exponent + octave) + tableHigh;
    double sum = k + l;
    double part = sum - k;
    double sumError = (k - (sum - part)) + (l - part);
    double low = sumError + (lLow + tableLow);

    double high = sum + low;
    return new Wide(high, low - (high - sum), 0);
  }
}
