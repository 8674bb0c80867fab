package stops.format.radiance;

/**
 * Writes scanlines in Radiance's new run-length code. Each of the four components is coded on its
 * own. A run is 128 + its length (up to 127) and the value; other values are preceded by their
 * number (up to 128).
 */
final class RadianceRuns {
  private static final int MAX_RUN = 127;
  private static final int MAX_LITERALS = 128;

  /** A shorter run takes no less room than its values. */
  private static final int MIN_RUN = 4;

  private final byte[] out;
  private int length;

  /** For scanlines of {@code pixels} pixels. */
  RadianceRuns(int pixels) {
    this.out = new byte[maxBytes(pixels)];
  }

  /** Size of the longest code of a scanline, in bytes. */
  static int maxBytes(int pixels) {
    int literals = (pixels + MAX_LITERALS - 1) / MAX_LITERALS + pixels;
    return Rgbe.BYTES * (1 + literals);
  }

  /** Whether the code can express a scanline of this length. */
  static boolean fits(long pixels) {
    return pixels >= RadianceScanlines.MIN_RUN_LENGTH && pixels <= RadianceScanlines.MAX_RUN_LENGTH;
  }

  /** Encodes a scanline to {@link #bytes}, until the next call. Returns the number of bytes. */
  int encode(byte[] line, int pixels) {
    out[0] = 2;
    out[1] = 2;
    out[2] = (byte) (pixels >> 8);
    out[3] = (byte) pixels;
    length = 4;
    for (int component = 0; component < Rgbe.BYTES; component++) {
      encode(line, component, pixels);
    }
    return length;
  }

  byte[] bytes() {
    return out;
  }

  private void encode(byte[] line, int component, int pixels) {
    int literal = 0;
    int x = 0;
    while (x < pixels) {
      int run = run(line, component, x, pixels);
      if (run >= MIN_RUN) {
        literals(line, component, literal, x);
        out[length++] = (byte) (128 + run);
        out[length++] = line[x * Rgbe.BYTES + component];
        literal = x + run;
      }
      x += run;
    }
    literals(line, component, literal, pixels);
  }

  private static int run(byte[] line, int component, int from, int pixels) {
    int end = Math.min(pixels, from + MAX_RUN);
    byte value = line[from * Rgbe.BYTES + component];
    int x = from + 1;
    while (x < end && line[x * Rgbe.BYTES + component] == value) {
      x++;
    }
    return x - from;
  }

  private void literals(byte[] line, int component, int from, int to) {
    for (int x = from; x < to; x++) {
      if ((x - from) % MAX_LITERALS == 0) {
        out[length++] = (byte) Math.min(MAX_LITERALS, to - x);
      }
      out[length++] = line[x * Rgbe.BYTES + component];
    }
  }
}
