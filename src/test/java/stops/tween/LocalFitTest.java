package stops.tween;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalFitTest {
  private static final double[] PLACES = IntStream.range(0, 60).asDoubleStream().toArray();

  @Test
  void aStraightLineStaysWhatItIs() {
    double[] line = Arrays.stream(PLACES).map(x -> 3 - 0.25 * x).toArray();
    for (int window : new int[] {3, 7, 25, 60, 1000}) {
      assertArrayEquals(line, LocalFit.smooth(PLACES, line, window), 1e-9);
    }
    double[] uneven = {0, 1, 5, 6, 20, 21, 22, 50};
    double[] values = Arrays.stream(uneven).map(x -> 2 * x).toArray();
    assertArrayEquals(values, LocalFit.smooth(uneven, values, 5), 1e-9);
  }

  @Test
  void aValueFarOffDoesNotCount() {
    double[] values = Arrays.stream(PLACES).map(x -> Math.sin(x / 20)).toArray();
    double[] smooth = LocalFit.smooth(PLACES, values, 15);
    double[] spoilt = values.clone();
    spoilt[30] += 5;
    assertEquals(smooth[30], LocalFit.smooth(PLACES, spoilt, 15)[30], 0.02);
  }

  @Test
  void noiseBecomesLess() {
    Random random = new Random(1);
    double[] values = Arrays.stream(PLACES).map(x -> random.nextGaussian()).toArray();
    double[] smooth = LocalFit.smooth(PLACES, values, 25);
    double before = 0;
    double after = 0;
    for (int i = 1; i < values.length; i++) {
      before += Math.pow(values[i] - values[i - 1], 2);
      after += Math.pow(smooth[i] - smooth[i - 1], 2);
    }
    assertEquals(0, after / before, 0.01);
  }
}
