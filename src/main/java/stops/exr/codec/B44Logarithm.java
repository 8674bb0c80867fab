package stops.exr.codec;

/**
 * How B44 codes channels whose samples are perceptually linear: as {@code exp(x / 8)}. Undone by
 * {@code 8 ln(x)}, rounded to float twice and then to half, as OpenEXR does; what has no logarithm
 * becomes 0.
 */
final class B44Logarithm {
  private static final short[] TO_LINEAR = toLinear();

  private B44Logarithm() {}

  /** Replaces halves as they are coded by linear ones. */
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
