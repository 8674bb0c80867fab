package stops.exr.transform;

/**
 * The cosine transform of a square of 8 × 8 floats, of which {@link InverseCosines} is the inverse:
 * {@code y[n] = c[n] Σ x[k] cos((2k + 1) n π / 16)} along each row, then along each column, with
 * {@code c[0] = √(1/8)} and otherwise 1/2.
 */
public final class ForwardCosines {
  private static final int SIDE = InverseCosines.SIDE;

  /** For each coefficient of a row, the weights of the row's samples. */
  private static final float[] WEIGHTS = weights();

  private final float[] rows = new float[SIDE * SIDE];

  /** Replaces samples, row by row, by coefficients. */
  public void transform(float[] square) {
    for (int row = 0; row < SIDE; row++) {
      for (int n = 0; n < SIDE; n++) {
        float sum = 0;
        for (int k = 0; k < SIDE; k++) {
          sum += WEIGHTS[n * SIDE + k] * square[row * SIDE + k];
        }
        rows[row * SIDE + n] = sum;
      }
    }
    for (int n = 0; n < SIDE; n++) {
      for (int column = 0; column < SIDE; column++) {
        float sum = 0;
        for (int k = 0; k < SIDE; k++) {
          sum += WEIGHTS[n * SIDE + k] * rows[k * SIDE + column];
        }
        square[n * SIDE + column] = sum;
      }
    }
  }

  private static float[] weights() {
    float[] weights = new float[SIDE * SIDE];
    for (int n = 0; n < SIDE; n++) {
      double size = n == 0 ? Math.sqrt(1.0 / SIDE) : 0.5;
      for (int k = 0; k < SIDE; k++) {
        weights[n * SIDE + k] = (float) (size * Math.cos((2 * k + 1) * n * Math.PI / (2 * SIDE)));
      }
    }
    return weights;
  }
}
