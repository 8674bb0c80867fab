package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GainTest {
  private final Oracle.Ladder oracle = new Oracle.Ladder();

  @Test
  void noGainIsAFactorOfOne() {
    assertEquals(Gain.NONE, Gain.of(0));
  }

  @Test
  void wholeStopsArePowersOfTwo() {
    assertEquals(new Gain(-3, -3, 1, 0, 0), Gain.of(-3));
    assertEquals(new Gain(2100, 2100, 1, 0, 0), Gain.of(2100));
  }

  @Test
  void theFactorIsExactTo2ToTheMinus158() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      double stops = i % 2 == 0 ? random.nextDouble(-900, 900) : random.nextDouble(-1, 1);
      Gain gain = Gain.of(stops);
      BigDecimal factor =
          new BigDecimal(gain.high())
              .add(new BigDecimal(gain.middle()))
              .add(new BigDecimal(gain.low()))
              .multiply(new BigDecimal(Math.scalb(1.0, gain.exponent())));
      BigDecimal exact = oracle.intensity(stops, 0);
      double error =
          factor.subtract(exact).divide(exact, MathContext.DECIMAL64).abs().doubleValue();
      assertTrue(error <= 0x1p-158, () -> gain + ": " + error);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, -1e-300, -0x1p-60, 0x1.fffffffffffffp-1})
  void theSignificandOfTinyGainsStaysFromOneToTwo(double stops) {
    Gain gain = Gain.of(stops);
    assertTrue(gain.high() >= 1 && gain.high() <= 2, gain::toString);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void onlyFiniteGainsExist(double stops) {
    assertThrows(ArithmeticException.class, () -> Gain.of(stops));
  }
}
