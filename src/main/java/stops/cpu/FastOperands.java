package stops.cpu;

import java.util.Optional;
import stops.engine.Conversion;
import stops.math.Adjustment;

/**
 * The operand of an adjustment of float32 samples, and that of the opposite one, for the loops of
 * {@link VectorAdjuster}. Immutable.
 *
 * @param scales whether samples are multiplied
 * @param there the operand
 * @param back that of the opposite adjustment
 * @param loop the fastest loop that is right
 * @param thereHigh of a factor and {@link Loop#DIRECT}, the pair of {@link FloatFactor}; otherwise
 *     the first 24 bits of the operand and the next 24 bits, with the same sign
 * @param thereLow see above
 * @param backHigh the same of the opposite factor; unused for a summand
 * @param backLow see above
 * @param least the least magnitude of samples that the pair of a factor is right for
 * @param most the largest one
 */
record FastOperands(
    boolean scales,
    Float32Operand there,
    Float32Operand back,
    Loop loop,
    float thereHigh,
    float thereLow,
    float backHigh,
    float backLow,
    float least,
    float most) {

  /** The loops of {@link VectorAdjuster}. */
  enum Loop {
    /** Multiplies by pairs that give all products correctly rounded, or adds a float32. */
    DIRECT,
    /** Computes with pairs cut off, and sees by a bound of the error which results are right. */
    CHECKED,
    /** Computes in doubles. */
    CAREFUL
  }

  /**
   * Samples and products from this on have all terms of their pair in the normal numbers, if the
   * low term is at least 2^-36 of the high one.
   */
  static final float LEAST = 0x1p-90f;

  /** Factors and summands up to this power of two, and down to its reciprocal, are in range. */
  private static final int MOST_EXPONENT = 30;

  /** For a number computed in a way that is not exact. */
  private static final float SLACK = 0x1p-20f;

  static FastOperands of(Conversion conversion) {
    Adjustment adjustment = new Adjustment(conversion);
    Adjustment.Operand there = adjustment.there();
    Adjustment.Operand back = adjustment.back();
    if (Math.abs(there.exponent()) > MOST_EXPONENT) {
      return of(adjustment, Loop.CAREFUL);
    }
    if (!adjustment.scales()) {
      boolean isFloat = there.high() << 24 == 0 && there.low() == 0;
      return of(adjustment, isFloat ? Loop.DIRECT : Loop.CHECKED);
    }
    Optional<FloatFactor> factor = FloatFactor.of(there);
    Optional<FloatFactor> opposite = FloatFactor.of(back);
    if (factor.isEmpty() || opposite.isEmpty()) {
      return of(adjustment, Loop.CHECKED);
    }
    float high = factor.get().high();
    return new FastOperands(
        true,
        Float32Operand.of(true, there),
        Float32Operand.of(true, back),
        Loop.DIRECT,
        high,
        factor.get().low(),
        opposite.get().high(),
        opposite.get().low(),
        Math.max(LEAST, LEAST / high * (1 + SLACK)),
        Math.min(Float.MAX_VALUE, Float.MAX_VALUE / high * (1 - SLACK)));
  }

  private static FastOperands of(Adjustment adjustment, Loop loop) {
    Adjustment.Operand there = adjustment.there();
    Adjustment.Operand back = adjustment.back();
    return new FastOperands(
        adjustment.scales(),
        Float32Operand.of(adjustment.scales(), there),
        Float32Operand.of(adjustment.scales(), back),
        loop,
        high(there),
        low(there),
        high(back),
        low(back),
        LEAST,
        Float.MAX_VALUE);
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
