package stops.math;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class Exp2WideTest {
  private static final double BOUND = 0x1p-68;

  private final Oracle.Ladder oracle = new Oracle.Ladder();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void theErrorIsWithinTheBoundInEveryPartOfTheOctave() {
    assertBound(0, 20_000, () -> random.nextDouble(-1, 1));
  }

  @Test
  void theErrorIsWithinTheBoundForEveryExponent() {
    assertBound(0, 10_000, () -> random.nextDouble(Exp2Wide.LOWEST, Exp2Wide.HIGHEST));
  }

  @Test
  void theErrorIsWithinTheBoundForTinyExposures() {
    assertBound(0, 2000, () -> random.nextDouble(-1, 1) * Math.scalb(1.0, -random.nextInt(200)));
  }

  @Test
  void theErrorIsWithinTheBoundAtTheEdgesOfTheTable() {
    for (int i = -256; i <= 256; i++) {
      double edge = i / 256.0;
      assertBound(0, 1, () -> edge);
      assertBound(0, 1, () -> Math.nextUp(edge));
      assertBound(0, 1, () -> Math.nextDown(edge));
    }
  }

  @Test
  void theErrorIsWithinTheBoundWithAnyGain() {
    for (int i = 0; i < 2000; i++) {
      double gain = random.nextDouble(-2100, 2100);
      assertBound(gain, 2, () -> random.nextDouble(-1000, 1000) - gain);
      double fine = gain * 0x1p-20;
      assertBound(fine, 2, () -> random.nextDouble(-1, 1) - fine);
    }
  }

  @Test
  void fewFloat64ResultsAreNotCorrectlyRounded() {
    WideError error = new WideError();
    for (int i = 0; i < 20_000; i++) {
      double x = random.nextDouble(-1000, 1000);
      error.add(Exp2Wide.exp2(x, 0), oracle.intensity(x, 0));
    }
    assertTrue(error.worstUlps() < 0.5001, () -> error.worstUlps() + " ULP");
    assertTrue(error.misroundedShare() < 1e-5, () -> "share " + error.misroundedShare());
  }

  @Test
  void theTableHoldsPowersOfTwo() {
    for (int j = 0; j < 128; j++) {
      BigDecimal sum =
          new BigDecimal(Exp2WideTable.ENTRIES[2 * j])
              .add(new BigDecimal(Exp2WideTable.ENTRIES[2 * j + 1]));
      double error = sum.subtract(oracle.intensity(j / 128.0, 0)).abs().doubleValue();
      assertTrue(error <= 0x1p-105, "entry " + j);
    }
  }

  private void assertBound(double gain, int count, DoubleSupplier samples) {
    WideError error = new WideError();
    for (int i = 0; i < count; i++) {
      double x = samples.getAsDouble();
      if (x + gain > Exp2Wide.LOWEST && x + gain < Exp2Wide.HIGHEST) {
        Wide sum = Wide.sum(x, gain);
        error.add(Exp2Wide.exp2(sum.high(), sum.low()), oracle.intensity(x, gain));
      }
    }
    assertTrue(
        error.worst() <= BOUND,
        () -> "relative error 2^" + Math.log(error.worst()) / Math.log(2) + " with " + gain);
  }
}
