package stops.exr.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InverseCosinesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  public void isTheSumOfCosines(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    float[] coefficients = new float[64];
    for (int i = 0; i < 8 * rows; i++) {
      coefficients[i] = (float) random.nextDouble(-1, 1);
    }
    float[] samples = coefficients.clone();
    InverseCosines.transform(samples, rows);
    for (int i = 0; i < samples.length; i++) {
      assertEquals(sum(coefficients, i % 8, i / 8), samples[i], 3e-6, "sample " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, -3.5f, 65504})
  public void aMeanAloneIsConstant(float mean) {
    float[] samples = new float[64];
    samples[0] = mean;
    InverseCosines.transform(samples, 1);
    float[] expected = new float[64];
    Arrays.fill(expected, InverseCosines.constant(mean));
    for (int i = 0; i < samples.length; i++) {
      assertEquals(expected[i], samples[i], Math.ulp(expected[i]));
    }
  }

  private static double sum(float[] coefficients, int x, int y) {
    double sum = 0;
    for (int v = 0; v < 8; v++) {
      for (int u = 0; u < 8; u++) {
        sum += coefficients[8 * v + u] * basis(u, x) * basis(v, y);
      }
    }
    return sum;
  }

  private static double basis(int n, int x) {
    return (n == 0 ? Math.sqrt(0.125) : 0.5) * Math.cos((2 * x + 1) * n * Math.PI / 16);
  }
}
