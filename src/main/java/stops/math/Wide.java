package stops.math;

/**
 * A result before it is rounded to a sample type: {@code (high + low) * 2^exponent}.
 *
 * @param high the nearest double of {@code high + low}; 0 or normal
 * @param low the remainder, at most half an ULP of {@code high}
 * @param exponent exponent of a power of two, kept apart so that {@code high} neither overflows nor
 *     underflows
 */
record Wide(double high, double low, int exponent) {

  /** The exact sum of two doubles. */
  static Wide sum(double a, double b) {
    double high = a + b;
    double bPart = high - a;
    return new Wide(high, (a - (high - bPart)) + (b - bPart), 0);
  }
}
