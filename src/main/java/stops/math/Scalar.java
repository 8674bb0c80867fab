package stops.math;

import stops.engine.SampleType;

/**
 * Converts single float64 numbers by both maps, within 0.501 ULP. Thread-safe.
 *
 * <p>The results have the same bits as those of every engine for float64 samples.
 */
public final class Scalar {
  /** The least intensity that is not clamped, 1e-323. Lower ones are clamped to it. */
  public static final double LEAST_INTENSITY = 0x1p-1073;

  private Scalar() {}

  /**
   * {@code log2(intensity)} in stops.
   *
   * @param intensity linear light; 0 gives −∞, though its exposure is undefined; less than 1e-323
   *     gives −1073; NaN gives NaN
   */
  public static double exposure(double intensity) {
    if (intensity >= LEAST_INTENSITY && intensity < Double.POSITIVE_INFINITY) {
      return number(Log2Wide.log2(intensity));
    }
    if (intensity == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return intensity < LEAST_INTENSITY ? -1073 : intensity;
  }

  /**
   * {@code 2^exposure} as linear light.
   *
   * @param exposure in stops; −∞ gives 0, NaN gives NaN
   */
  public static double intensity(double exposure) {
    if (Math.abs(exposure) < Double.POSITIVE_INFINITY) {
      return number(Exp2Wide.exp2(exposure, 0));
    }
    return exposure == Double.NEGATIVE_INFINITY ? 0 : exposure;
  }

  private static double number(Wide wide) {
    return Double.longBitsToDouble(SampleBits.round(wide, SampleType.FLOAT64));
  }
}
