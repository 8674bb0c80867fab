package stops.cpu;

/**
 * The table of {@link Float32Exposure}. For each of the 32 parts of the octave it has {@code c},
 * close to the reciprocal of the part's middle; {@code -log2(c)}, rounded to a multiple of 2^-15;
 * and the remainder of that. Printed by {@code src/main/sollya/log2fast.sollya}.
 */
final class Log2FastTable {
  private static final float[] ENTRIES = {
    0x1p0f, 0f, 0f,
    0x1.f8p-1f, 0x1.74p-6f, 0x1.f7431p-17f,
    0x1.ep-1f, 0x1.7d6p-4f, 0x1.25b3eep-22f,
    0x1.d8p-1f, 0x1.e0cp-4f, -0x1.ca2e1ap-17f,
    0x1.c8p-1f, 0x1.564p-3f, -0x1.1eb002p-18f,
    0x1.b8p-1f, 0x1.bfcp-3f, 0x1.9eap-17f,
    0x1.bp-1f, 0x1.f6p-3f, -0x1.3ab7cep-18f,
    0x1.a8p-1f, 0x1.16ap-2f, -0x1.fd64ep-17f,
    0x1.98p-1f, 0x1.4f7p-2f, -0x1.134c4ep-20f,
    0x1.9p-1f, 0x1.6cbp-2f, 0x1.ed0cbap-19f,
    0x1.88p-1f, 0x1.8a88p-2f, 0x1.80abfcp-18f,
    0x1.8p-1f, 0x1.a9p-2f, -0x1.a39fbep-20f,
    0x1.78p-1f, 0x1.c818p-2f, 0x1.dc2d46p-18f,
    0x1.7p-1f, 0x1.e7ep-2f, -0x1.40358ep-19f,
    0x1.68p-1f, 0x1.042cp-1f, -0x1.5a32c2p-20f,
    0x1.6p-1f, 0x1.14c4p-1f, 0x1.60fe68p-17f,
    0x1.58p-1f, 0x1.25cp-1f, 0x1.408c78p-18f,
    0x1.5p-1f, 0x1.3724p-1f, -0x1.d448f8p-17f,
    0x1.48p-1f, 0x1.48fp-1f, -0x1.0e6ce8p-17f,
    0x1.4p-1f, 0x1.5b2cp-1f, 0x1.ed0cbap-20f,
    0x1.38p-1f, 0x1.6dep-1f, -0x1.eac382p-20f,
    0x1.38p-1f, 0x1.6dep-1f, -0x1.eac382p-20f,
    0x1.3p-1f, 0x1.811p-1f, -0x1.6b9026p-19f,
    0x1.28p-1f, 0x1.94c4p-1f, -0x1.78b6d4p-17f,
    0x1.28p-1f, 0x1.94c4p-1f, -0x1.78b6d4p-17f,
    0x1.2p-1f, 0x1.a9p-1f, -0x1.a39fbep-19f,
    0x1.18p-1f, 0x1.bddp-1f, -0x1.62336ap-17f,
    0x1.18p-1f, 0x1.bddp-1f, -0x1.62336ap-17f,
    0x1.1p-1f, 0x1.d338p-1f, 0x1.20a6dep-21f,
    0x1.1p-1f, 0x1.d338p-1f, 0x1.20a6dep-21f,
    0x1.08p-1f, 0x1.e944p-1f, 0x1.2c8a72p-17f,
    0x1p-1f, 0x1p0f, 0f,
  };

  private Log2FastTable() {}

  /** The bit patterns of {@code c}. */
  static int[] reciprocals() {
    return column(0);
  }

  /** The bit patterns of {@code -log2(c)}, rounded to a multiple of 2^-15. */
  static int[] logarithms() {
    return column(1);
  }

  /** The bit patterns of the remainders of {@code -log2(c)}. */
  static int[] rests() {
    return column(2);
  }

  private static int[] column(int which) {
    int[] bits = new int[ENTRIES.length / 3];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Float.floatToRawIntBits(ENTRIES[3 * j + which]);
    }
    return bits;
  }
}
