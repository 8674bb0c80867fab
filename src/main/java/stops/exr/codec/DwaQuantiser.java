package stops.exr.codec;

/**
 * Rounds cosine coefficients to halves with few digits, since these take few bits when packed. A
 * coefficient may change by {@code level / 100,000} times its weight. The weights are those of
 * JPEG's quantisation tables (ITU-T T.81, annex K), divided by the least of each table.
 */
final class DwaQuantiser {
  private static final float LEVELS = 100_000;
  private static final int SIGNIFICAND_BITS = 10;
  private static final int MAGNITUDE = 0x7fff;
  private static final int INFINITE = 0x7c00;

  private static final int[] LUMA = {
    16, 11, 10, 16, 24, 40, 51, 61, //
    12, 12, 14, 19, 26, 58, 60, 55, //
    14, 13, 16, 24, 40, 57, 69, 56, //
    14, 17, 22, 29, 51, 87, 80, 62, //
    18, 22, 37, 56, 68, 109, 103, 77, //
    24, 35, 55, 64, 81, 104, 113, 92, //
    49, 64, 78, 87, 103, 121, 120, 101, //
    72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMA = {
    17, 18, 24, 47, 99, 99, 99, 99, //
    18, 21, 26, 66, 99, 99, 99, 99, //
    24, 26, 56, 99, 99, 99, 99, 99, //
    47, 66, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99
  };

  private final float[] luma;
  private final float[] chroma;

  /** For a level of loss, 0 or more; 45 is usual. */
  DwaQuantiser(float level) {
    luma = tolerances(LUMA, level, 10);
    chroma = tolerances(CHROMA, level, 17);
  }

  private static float[] tolerances(int[] weights, float level, int least) {
    float[] tolerances = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      tolerances[i] = level / LEVELS * weights[i] / least;
    }
    return tolerances;
  }

  /**
   * The half for a coefficient.
   *
   * @param place index of the coefficient in its square, row by row
   * @param isChroma whether the square is a difference of colours
   */
  short half(float coefficient, int place, boolean isChroma) {
    float tolerance = (isChroma ? chroma : luma)[place];
    if (Math.abs(coefficient) <= tolerance) {
      return 0;
    }
    short exact = Float.floatToFloat16(coefficient);
    int magnitude = exact & MAGNITUDE;
    if (magnitude >= INFINITE) {
      return (short) (exact & ~MAGNITUDE | INFINITE - 1);
    }
    float size = Math.abs(Float.float16ToFloat(exact));
    for (int zeros = SIGNIFICAND_BITS; zeros > 0; zeros--) {
      int rounded = magnitude + (1 << zeros - 1) & -(1 << zeros);
      if (rounded < INFINITE
          && Math.abs(Float.float16ToFloat((short) rounded) - size) <= tolerance) {
        return (short) (exact & ~MAGNITUDE | rounded);
      }
    }
    return exact;
  }
}
