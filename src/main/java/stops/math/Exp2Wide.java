package stops.math;

/**
 * Computes {@code 2^(s + t)} as a sum of two doubles, with a relative error below 2^-68 (the worst
 * seen: 2^-69.4). Exact for whole {@code s} and zero {@code t}.
 *
 * <p>Let {@code s + t = k + j/128 + r}, {@code |r| <= 2^-8}. Then {@code 2^(s + t) = 2^k * T[j] *
 * (1 + r*ln 2 + r^2*Q(r))}. {@code T[j]} and {@code ln 2} are two doubles each. The polynomial's
 * error is below 2^-74.3. Its quadratic term is below 2^-18, and six roundings of numbers of that
 * size follow. Constants and the polynomial's bound come from {@code
 * src/main/sollya/exp2wide.sollya}.
 *
 * <p>The table-driven reduction is that of P. T. P. Tang, "Table-driven implementation of the
 * exponential function in IEEE floating-point arithmetic", ACM TOMS 15 (1989).
 */
final class Exp2Wide {
  /** At this exposure and below, the result is 0 in every sample type. */
  static final double LOWEST = -1100;

  /** At this exposure and above, the result is infinite in every sample type. */
  static final double HIGHEST = 1024.5;

  /** Adding this rounds to a multiple of 1/128, which the low bits of the sum hold. */
  private static final double ROUNDER = 0x1.8p45;

  private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);
  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;
  private static final double Q0 = 0x1.ebfbdff82c58fp-3;
  private static final double Q1 = 0x1.c6b08d704a02p-5;
  private static final double Q2 = 0x1.3b2ab6fa469d9p-7;
  private static final double Q3 = 0x1.5d8803773320dp-10;
  private static final double Q4 = 0x1.434f24cbe149ep-13;
  private static final double[] TABLE = Exp2WideTable.ENTRIES;

  private Exp2Wide() {}

  /**
   * {@code 2^(s + t)}.
   *
   * @param s finite, in stops; clamped to {@link #LOWEST} and {@link #HIGHEST}
   * @param t the remainder of the sum after {@code s}, its nearest double
   */
  static Wide exp2(double s, double t) {
    boolean inside = s > LOWEST && s < HIGHEST;
    double x = inside ? s : s < 0 ? LOWEST : HIGHEST;
    double rest = inside ? t : 0;

    double rounded = x + ROUNDER;
    long n = Double.doubleToRawLongBits(rounded) - ROUNDER_BITS;
    int exponent = (int) (n >> 7);
    int j = (int) n & 127;
    double tableHigh = TABLE[2 * j];
    double tableLow = TABLE[2 * j + 1];

    // r + rLow, the reduced argument.
    double exact = x - (rounded - ROUNDER);
    double r = exact + rest;
    double rLow = rest - (r - exact);

    // p + pLow = r ln 2 + r^2 Q(r), which is 2^r - 1.
    double p = r * LN2_HIGH;
    double pError = Math.fma(r, LN2_HIGH, -p);
    double linear = pError + Math.fma(r, LN2_LOW, rLow * LN2_HIGH);
    double q = Math.fma(r, Q4, Q3);
    q = Math.fma(r, q, Q2);
    q = Math.fma(r, q, Q1);
    q = Math.fma(r, q, Q0);
    double pLow = Math.fma(r * r, q, linear);

    // T (1 + p) = T + T p.
    double product = tableHigh * p;
    double productError = Math.fma(tableHigh, p, -product);
    double sum = tableHigh + product;
    double sumError = product - (sum - tableHigh);
    double small = Math.fma(tableHigh, pLow, Math.fma(tableLow, p, tableLow));
    double low = sumError + (productError + small);

    double high = sum + low;
    return new Wide(high, low - (high - sum), exponent);
  }
}
