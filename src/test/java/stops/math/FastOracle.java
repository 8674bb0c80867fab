package stops.math;

import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * The correctly rounded results of ordinary float32 samples, fast enough for all of them: Java's
 * {@code Math.log} and {@code Math.pow}, specified to 1 ULP, decide where the result is far enough
 * from the middle between two numbers, and {@link Oracle} decides the rest. Confined to one thread.
 */
final class FastOracle {
  /** More than 1 ULP of the function, half of the constant, half of the product: 2^-51. */
  static final double MARGIN = 0x1p-50;

  private static final double INV_LN2 = 1.4426950408889634;

  private final Direction direction;
  private final SampleType target;
  private final Oracle.Ladder oracle = new Oracle.Ladder();

  FastOracle(Direction direction, SampleType target) {
    this.direction = direction;
    this.target = target;
  }

  /** What {@code sample}, finite and to exposure positive, becomes: bits of the target type. */
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

  /** Quick where a float is far from it all: 2^x is then next to 1, or out of range. */
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

  /** Adds a number so large that the sum has no bits below the last one of a float16. */
  private static long roundToFloat16(double y) {
    if (y > 1e5) {
      return SampleBits.infinity(SampleType.FLOAT16);
    }
    int exponent = Math.max(Math.getExponent(y), -14);
    double large = Double.longBitsToDouble(((exponent + 42L + 1023) << 52) | (1L << 51));
    return Float.floatToFloat16((float) (y + large - large)) & 0xffffL;
  }
}
