package stops.exr.codec;

/**
 * The curve of DWA's lossy channels, from what is coded to linear light: the power 2.2 up to 1, an
 * exponential above, mirrored for negative numbers; infinities and NaN are 0.
 *
 * <p>{@code x^2.2} for |x| ≤ 1, else {@code (e^2.2)^(|x| - 1)}, with the constants as floats and
 * the result rounded to float, then to half: the same numbers as in OpenEXR's table.
 */
final class DwaCurve {
  private static final float POWER = 2.2f;
  private static final float BASE = (float) Math.pow(2.7182818, 2.2);

  private static final short[] TO_LINEAR = toLinearTable();
  private static final short[] IDENTITY = identityTable();

  private DwaCurve() {}

  /** The linear half of each coded half. Not to be changed. */
  static short[] toLinear() {
    return TO_LINEAR;
  }

  /** Each half, NaN only as the one of {@code 0x7e00}. Not to be changed. */
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
