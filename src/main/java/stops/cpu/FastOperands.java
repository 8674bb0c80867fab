package stops.cpu;

import stops.math.Adjustment;

/**
 * The operand of an adjustment, and that of the opposite one, as pairs of float32, cut off after 48
 * bits. Immutable.
 *
 * @param fit whether they are in the range of the fast loops
 * @param exact whether the summand is a float32, so that a sum with it is rounded once
 * @param thereHigh the first 24 bits
 * @param thereLow the next 24 bits, with the same sign
 * @param backHigh the same of the opposite factor; unused for a summand
 * @param backLow the same of the opposite factor; unused for a summand
 */
record FastOperands(
    boolean fit, boolean exact, float thereHigh, float thereLow, float backHigh, float backLow) {

  /**
   * Bound of the error of a pair, as a fraction of its number. What is cut off of the operand is
   * below 2^-47 of it, and three roundings of the low term are below 2^-47 of the number each.
   */
  static final float ERROR = 0x1p-44f;

  /** Factors and summands up to this power of two, and down to its reciprocal, are in range. */
  private static final int MOST_EXPONENT = 30;

  static FastOperands of(Adjustment adjustment) {
    Adjustment.Operand there = adjustment.there();
    Adjustment.Operand back = adjustment.back();
    boolean fit = Math.abs(there.exponent()) <= MOST_EXPONENT;
    return new FastOperands(
        fit, there.high() << 24 == 0, high(there), low(there), high(back), low(back));
  }

  private static float high(Adjustment.Operand operand) {
    float size = Math.scalb((float) (operand.high() >>> 40), operand.exponent() - 23);
    return operand.negative() ? -size : size;
  }

  private static float low(Adjustment.Operand operand) {
    float size = Math.scalb((float) (operand.high() >>> 16 & 0xff_ffff), operand.exponent() - 47);
    return operand.negative() ? -size : size;
  }
}
