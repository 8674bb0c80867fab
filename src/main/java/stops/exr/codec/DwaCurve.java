package stops.exr.codec;

/**
 * The transfer curve of DWA's lossy channels, from coded values to linear light. It is a power of
 * 2.2 up to 1 and an exponential above. Negative numbers are mirrored. Infinities and NaN become 0.
 *
 * <p>The curve is {@code x^2.2} for |x| ≤ 1, else {@code (e^2.2)^(|x| - 1)}. Constants are floats.
 * Results are rounded to float, then to half. The values equal OpenEXR's table.
 */
final class DwaCurve {
  /** The largest half. */
  static final float LARGEST = 65504;

  private static final float POWER = 2.2f;
  private static final float BASE = (float) Math.pow(2.7182818, 2.2);

  private static final short[] TO_LINEAR = toLinearTable();
  private static final short[] FROM_LINEAR = fromLinearTable();
  private static final short[] IDENTITY = identityTable();

  private DwaCurve() {}

  /** The linear half of each coded half. The array must not be changed. */
  static short[] toLinear() {
    return TO_LINEAR;
  }

  /**
   * The coded half of each linear half; of an infinity, that of the largest number. The array must
   * not be changed.
   */
  static short[] fromLinear() {
    return FROM_LINEAR;
  }

  /**
   * The identity: each half itself, with every NaN replaced by {@code 0x7e00}. The array must not
   * be changed.
   */
  static short[] identity() {
    return IDENTITY;
  }

  private static short[] toLinearTable() {
    short[] table = new short[1 << 16];
    for (int bits = 0; bits < table.length; bits++) {
      float value = Float.float16ToFloat((short) bits);
      if (Float.isFinite(value)) {
        float size = Math.abs(value);
        float linear = (float) (size <= 1 ? Math.pow(size, POWER) : Math.pow(BASE, size - 1f));
        table[bits] = Float.floatToFloat16(value < 0 ? -linear : linear);
      }
    }
    return table;
  }

  private static short[] fromLinearTable() {
    short[] table = new short[1 << 16];
    for (int bits = 0; bits < table.length; bits++) {
      float value = Math.clamp(Float.float16ToFloat((short) bits), -LARGEST, LARGEST);
      if (!Float.isNaN(value)) {
        double size = Math.abs(value);
        double coded = size <= 1 ? Math.pow(size, 1 / POWER) : 1 + Math.log(size) / Math.log(BASE);
        table[bits] = Float.floatToFloat16((float) (value < 0 ? -coded : coded));
      }
    }
    return table;
  }

  private static short[] identityTable() {
    short[] table = new short[1 << 16];
    for (int bits = 0; bits < table.length; bits++) {
      table[bits] =
          Float.floatToFloat16(
              Float.intBitsToFloat(Float.floatToIntBits(Float.float16ToFloat((short) bits))));
    }
    return table;
  }
}
