package stops.math;

/**
 * A value that is not rounded to a sample type yet: {@code (high + low) * 2^exponent}.
 *
 * @param high the nearest double of {@code high + low}; 0 or normal
 * @param low the rest, at most half an ULP of {@code high}
 * @param exponent scale, apart from {@code high} so that nothing over- or underflows
 */
record Wide(double high, double low, int exponent) {

  /** The exact sum of two doubles. */
  static Wide sum(double a, double b) {
    double high = a + b;
    double bPart = high - a;
    return new Wide(high, (a - (high - bPart)) + (b - bPart), 0);
  }
}
