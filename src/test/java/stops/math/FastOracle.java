package stops.math;

import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * Computes correctly rounded results of ordinary float32 samples, fast enough for all 2^32. {@code
 * Math.log} and {@code Math.pow}, which Java specifies to 1 ULP, decide where the result is far
 * enough from the middle between two numbers. {@link Oracle} decides the rest. Confined to one
 * thread.
 */
final class FastOracle {
  /**
   * Relative margin, above the largest error, 2^-51: 1 ULP of the function, half an ULP of the
   * constant and half an ULP of the product.
   */
  static final double MARGIN = 0x1p-50;

  private static final double INV_LN2 = 1.4426950408889634;

  private final Direction direction;
  private final SampleType target;
  private final Oracle.Ladder oracle = new Oracle.Ladder();

  FastOracle(Direction direction, SampleType target) {
    this.direction = direction;
    this.target = target;
  }

  /**
   * The result of a sample, as bits of the target type.
   *
   * @param sample finite; positive if it is an intensity
   */
  long convert(double sample) {
    double y = direction == Direction.TO_EXPOSURE ? Math.log(sample) * INV_LN2 : power(sample);
    long bits = round(y * (1 - MARGIN));
    if (bits == round(y * (1 + MARGIN))) {
      return bits;
    }
    return direction == Direction.TO_EXPOSURE
        ? oracle.exposure(sample, 0, target)
        : oracle.intensity(sample, 0, target);
  }

  /** {@code 2^x}, without {@code Math.pow} where the result is next to 1 or out of range. */
  private static double power(double x) {
    if (Math.abs(x) < 0x1p-30) {
      return 1;
    }
    return x > 130 ? 0x1p130 : x < -152 ? 0x1p-152 : Math.pow(2, x);
  }

  private long round(double y) {
    return target == SampleType.FLOAT32
        ? Float.floatToRawIntBits((float) y) & 0xffff_ffffL
        : roundToFloat16(y);
  }

  /**
   * Rounds by adding a number so large that the sum has no bits below the last one of a float16.
   */
  private static long roundToFloat16(double y) {
    if (y > 1e5) {
      return SampleBits.infinity(SampleType.FLOAT16);
    }
    int exponent = Math.max(Math.getExponent(y), -14);
    double large = Double.longBitsToDouble(((exponent + 42L + 1023) << 52) | (1L << 51));
    return Float.floatToFloat16((float) (y + large - large)) & 0xffffL;
  }
}
