package stops.exr.transform;

/**
 * The inverse cosine transform of a square of 8 × 8 floats.
 *
 * <p>The transform is {@code x[k] = Σ c[n] y[n] cos((2k + 1) n π / 16)} along each row, then along
 * each column. The order of sums and the constants are those of OpenEXR's AVX code. So results
 * equal OpenEXR's on nearly every x86-64 machine, bit for bit. OpenEXR's scalar and SSE2 code sums
 * in other orders and differs in the last bits of a float.
 */
public final class InverseCosines {
  /** Width and height of a square in samples. */
  public static final int SIDE = 8;

  private static final float A = 3.535536e-01f;
  private static final float B = 4.903927e-01f;
  private static final float C = 4.619398e-01f;
  private static final float D = 4.157349e-01f;
  private static final float E = 2.777855e-01f;
  private static final float F = 1.913422e-01f;
  private static final float G = 9.754573e-02f;

  private InverseCosines() {}

  /** The value of all samples if every coefficient except the first is zero. */
  public static float constant(float coefficient) {
    return coefficient * A * A;
  }

  /**
   * Replaces coefficients by samples.
   *
   * @param square 8 × 8 coefficients, row by row
   * @param rows number of top rows that may have nonzero coefficients, 1 to 8
   */
  public static void transform(float[] square, int rows) {
    for (int row = 0; row < rows; row++) {
      transformRow(square, row * SIDE);
    }
    for (int column = 0; column < SIDE; column++) {
      if (rows == 1) {
        spread(square, column);
      } else if (rows <= SIDE / 2) {
        transformTopOfColumn(square, column);
      } else {
        transformColumn(square, column);
      }
    }
  }

  private static void transformRow(float[] s, int at) {
    float y0 = s[at];
    float y1 = s[at + 1];
    float y2 = s[at + 2];
    float y3 = s[at + 3];
    float y4 = s[at + 4];
    float y5 = s[at + 5];
    float y6 = s[at + 6];
    float y7 = s[at + 7];
    float even0 = (A * y0 + C * y2) + (A * y4 + F * y6);
    float even1 = (A * y0 + F * y2) + (-A * y4 + -C * y6);
    float even2 = (A * y0 + -F * y2) + (-A * y4 + C * y6);
    float even3 = (A * y0 + -C * y2) + (A * y4 + -F * y6);
    float odd0 = (B * y1 + D * y3) + (E * y5 + G * y7);
    float odd1 = (D * y1 + -G * y3) + (-B * y5 + -E * y7);
    float odd2 = (E * y1 + -B * y3) + (G * y5 + D * y7);
    float odd3 = (G * y1 + -E * y3) + (D * y5 + -B * y7);
    s[at] = even0 + odd0;
    s[at + 1] = even1 + odd1;
    s[at + 2] = even2 + odd2;
    s[at + 3] = even3 + odd3;
    s[at + 4] = even3 - odd3;
    s[at + 5] = even2 - odd2;
    s[at + 6] = even1 - odd1;
    s[at + 7] = even0 - odd0;
  }

  private static void transformColumn(float[] s, int at) {
    float y0 = A * s[at];
    float y1 = s[at + 8];
    float y2 = s[at + 16];
    float y3 = s[at + 24];
    float y4 = A * s[at + 32];
    float y5 = s[at + 40];
    float y6 = s[at + 48];
    float y7 = s[at + 56];
    float odd0 = (B * y1 + D * y3) + (E * y5 + G * y7);
    float odd1 = (D * y1 - (G * y3 + B * y5)) - E * y7;
    float odd2 = ((E * y1 - B * y3) + G * y5) + D * y7;
    float odd3 = (G * y1 + D * y5) - (E * y3 + B * y7);
    float outer = C * y2 + F * y6;
    float inner = F * y2 - C * y6;
    float even0 = (y0 + y4) + outer;
    float even1 = (y0 - y4) + inner;
    float even2 = (y0 - y4) - inner;
    float even3 = (y0 + y4) - outer;
    putColumn(s, at, even0, even1, even2, even3, odd0, odd1, odd2, odd3);
  }

  /** Transforms a column whose lower four coefficients are zero. */
  private static void transformTopOfColumn(float[] s, int at) {
    float y0 = A * s[at];
    float y1 = s[at + 8];
    float y2 = s[at + 16];
    float y3 = s[at + 24];
    float odd0 = B * y1 + D * y3;
    float odd1 = D * y1 - G * y3;
    float odd2 = E * y1 - B * y3;
    float odd3 = G * y1 - E * y3;
    float outer = C * y2 + 0f;
    float inner = F * y2;
    float even0 = (y0 + 0f) + outer;
    float even1 = y0 + inner;
    float even2 = y0 - inner;
    float even3 = (y0 + 0f) - outer;
    putColumn(s, at, even0, even1, even2, even3, odd0, odd1, odd2, odd3);
  }

  private static void putColumn(
      float[] s,
      int at,
      float even0,
      float even1,
      float even2,
      float even3,
      float odd0,
      float odd1,
      float odd2,
      float odd3) {
    s[at] = even0 + odd0;
    s[at + 8] = even1 + odd1;
    s[at + 16] = even2 + odd2;
    s[at + 24] = even3 + odd3;
    s[at + 32] = even3 - odd3;
    s[at + 40] = even2 - odd2;
    s[at + 48] = even1 - odd1;
    s[at + 56] = even0 - odd0;
  }

  private static void spread(float[] s, int at) {
    float sample = A * s[at];
    for (int row = 0; row < SIDE; row++) {
      s[at + row * SIDE] = sample;
    }
  }
}
