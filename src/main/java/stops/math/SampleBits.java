package stops.math;

import stops.engine.SampleType;

/**
 * The bit patterns of the sample types: float16 in the low 16 bits of a long, float32 in the low
 * 32.
 */
public final class SampleBits {
  private SampleBits() {}

  /** The value of a bit pattern, exactly. Bits above the type's are ignored. */
  public static double value(SampleType type, long bits) {
    return switch (type) {
      case FLOAT16 -> Float.float16ToFloat((short) bits);
      case FLOAT32 -> Float.intBitsToFloat((int) bits);
      case FLOAT64 -> Double.longBitsToDouble(bits);
    };
  }

  /** +∞. */
  public static long infinity(SampleType type) {
    return switch (type) {
      case FLOAT16 -> 0x7c00;
      case FLOAT32 -> 0x7f80_0000;
      case FLOAT64 -> 0x7ff0_0000_0000_0000L;
    };
  }

  /** The quiet NaN that stands for every NaN. */
  public static long canonicalNaN(SampleType type) {
    return switch (type) {
      case FLOAT16 -> 0x7e00;
      case FLOAT32 -> 0x7fc0_0000;
      case FLOAT64 -> 0x7ff8_0000_0000_0000L;
    };
  }

  /** The sign bit alone. */
  public static long sign(SampleType type) {
    return 1L << (8 * type.bytes() - 1);
  }

  /** Significant bits, the implicit one included. */
  private static int precision(SampleType type) {
    return switch (type) {
      case FLOAT16 -> 11;
      case FLOAT32 -> 24;
      case FLOAT64 -> 53;
    };
  }

  /** Exponent of the least normal number. */
  static int leastExponent(SampleType type) {
    return switch (type) {
      case FLOAT16 -> -14;
      case FLOAT32 -> -126;
      case FLOAT64 -> -1022;
    };
  }

  /**
   * Rounds once, to nearest even, subnormals included.
   *
   * <p>The significand of {@code high} is extended by 10 zero bits. {@code low} only decides where
   * {@code high} is a tie, so its sign is enough: it moves the extended significand by one in that
   * direction. The rest is integer arithmetic.
   */
  static long round(Wide wide, SampleType type) {
    long bits = Double.doubleToRawLongBits(wide.high());
    long sign = bits < 0 ? sign(type) : 0;
    if (wide.high() == 0) {
      return sign;
    }
    int exponent = (int) ((bits >>> 52) & 0x7ff) - 1023 + wide.exponent();
    long significand = ((bits & ((1L << 52) - 1)) | (1L << 52)) << 10;
    if (wide.low() != 0) {
      significand += (wide.low() < 0) == (wide.high() < 0) ? 1 : -1;
    }
    int precision = precision(type);
    int least = leastExponent(type);
    int shift = 63 - precision + Math.max(0, least - exponent);
    if (shift > 63) {
      return sign;
    }
    long odd = (significand >>> shift) & 1;
    long rounded = (significand + (1L << (shift - 1)) - 1 + odd) >>> shift;
    long magnitude = ((long) Math.max(0, exponent - least) << (precision - 1)) + rounded;
    return sign | Math.min(magnitude, infinity(type));
  }

  /**
   * Rounds once, to nearest even, subnormals included: {@code (high * 2^64 + low) * 2^(exponent -
   * 127)}, and a little more if there is a rest.
   *
   * @param high an unsigned number, whose first bit is 1
   * @param rest whether the number is more than that, by less than its last bit
   */
  static long round(
      SampleType type, boolean negative, int exponent, long high, long low, boolean rest) {
    int precision = precision(type);
    int least = leastExponent(type);
    int shift = 64 - precision + Math.max(0, least - exponent);
    long sign = negative ? sign(type) : 0;
    if (shift > 64) {
      return sign;
    }
    if (exponent > 1 - least) {
      return sign | infinity(type);
    }
    long kept = shift == 64 ? 0 : high >>> shift;
    long half = high >>> (shift - 1) & 1;
    boolean more = (high & ((1L << (shift - 1)) - 1)) != 0 || low != 0 || rest;
    long rounded = kept + (half != 0 && (more || (kept & 1) != 0) ? 1 : 0);
    long magnitude = ((long) Math.max(0, exponent - least) << (precision - 1)) + rounded;
    return sign | Math.min(magnitude, infinity(type));
  }
}
