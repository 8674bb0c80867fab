package stops.exr.codec;

/**
 * Decodes the samples of perceptually linear channels, which B44 codes as {@code exp(x / 8)}. The
 * inverse is {@code 8 ln(x)}, rounded to float twice and then to half, as in OpenEXR. Samples
 * without a logarithm become 0.
 */
final class B44Logarithm {
  private static final short[] TO_LINEAR = toLinear();

  private B44Logarithm() {}

  /** Replaces coded halves by linear ones. */
  static void toLinear(short[] halves) {
    for (int i = 0; i < halves.length; i++) {
      halves[i] = TO_LINEAR[halves[i] & 0xffff];
    }
  }

  private static short[] toLinear() {
    short[] table = new short[1 << 16];
    for (int bits = 0; bits < table.length; bits++) {
      float value = Float.float16ToFloat((short) bits);
      boolean defined = Float.isFinite(value) && value >= 0;
      table[bits] = defined ? Float.floatToFloat16(8 * (float) Math.log(value)) : 0;
    }
    return table;
  }
}
