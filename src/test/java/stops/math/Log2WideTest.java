package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class Log2WideTest {
  /** Tighter than the proven bound, 2^-66. */
  private static final double BOUND = 0x1p-68;

  private final Oracle.Ladder oracle = new Oracle.Ladder();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void theErrorIsWithinTheBoundInEveryPartOfTheOctave() {
    assertBound(Gain.NONE, 20_000, () -> random.nextDouble(0.7, 1.42));
  }

  @Test
  void theErrorIsWithinTheBoundForEveryExponent() {
    assertBound(Gain.NONE, 5000, () -> Double.longBitsToDouble(random.nextLong(1, 0x7ff0L << 48)));
    assertBound(Gain.NONE, 1000, () -> Double.MIN_VALUE * random.nextInt(1, 1 << 30));
  }

  @Test
  void theErrorIsWithinTheBoundNextToOne() {
    assertBound(
        Gain.NONE,
        5000,
        () -> 1 + random.nextDouble(-1, 1) * Math.scalb(1.0, -random.nextInt(1, 52)));
    assertBound(Gain.NONE, 1, () -> Math.nextUp(1.0));
    assertBound(Gain.NONE, 1, () -> Math.nextDown(1.0));
  }

  @Test
  void theErrorIsWithinTheBoundAtTheEdgesOfTheTable() {
    long origin = (1023L << 52) - 75 * (1L << 45) - 2731 * (1L << 33);
    for (int i = 0; i <= 128; i++) {
      for (long distance = -1; distance <= 1; distance++) {
        double x = Double.longBitsToDouble(origin + i * (1L << 45) + distance);
        assertBound(Gain.NONE, 1, () -> x);
      }
    }
  }

  @Test
  void theErrorIsWithinTheBoundWithAnyGain() {
    for (int i = 0; i < 2000; i++) {
      Gain gain = Gain.of(random.nextDouble(-2100, 2100));
      assertBound(gain, 2, () -> Double.longBitsToDouble(random.nextLong(1, 0x7ff0L << 48)));
    }
  }

  @Test
  void theErrorIsWithinTheBoundWhereGainAndLogarithmCancel() {
    for (int i = 0; i < 2000; i++) {
      double stops = random.nextDouble(-20, 20);
      double nearest = Math.pow(2, -stops);
      double x = nearest + random.nextInt(-2, 3) * Math.ulp(nearest);
      assertBound(Gain.of(stops), 1, () -> x);
    }
  }

  @Test
  void wholeGainsChangeTheWholePartAlone() {
    for (int i = 0; i < 1000; i++) {
      double x = random.nextDouble(0.5, 2);
      Wide plain = Log2Wide.log2(x);
      assertEquals(plain, Log2Wide.log2(x, Gain.NONE));
      assertEquals(Log2Wide.log2(8 * x), Log2Wide.log2(x, Gain.of(3)));
    }
  }

  @Test
  void fewFloat64ResultsAreNotCorrectlyRounded() {
    WideError error = new WideError();
    for (int i = 0; i < 20_000; i++) {
      double x = Double.longBitsToDouble(random.nextLong(1, 0x7ff0L << 48));
      error.add(Log2Wide.log2(x), oracle.exposure(x, 0));
    }
    assertTrue(error.worstUlps() < 0.5001, () -> error.worstUlps() + " ULP");
    assertTrue(error.misroundedShare() < 1e-5, () -> "share " + error.misroundedShare());
  }

  @Test
  void theTableHoldsTheLogarithmsOfItsReciprocals() {
    for (int i = 0; i < 128; i++) {
      double c = Log2WideTable.ENTRIES[3 * i];
      double high = Log2WideTable.ENTRIES[3 * i + 1];
      double low = Log2WideTable.ENTRIES[3 * i + 2];
      BigDecimal sum = new BigDecimal(high).add(new BigDecimal(low));
      double error = sum.add(oracle.exposure(c, 0)).abs().doubleValue();
      assertTrue(error <= 0x1p-95, "entry " + i);
      assertEquals(Math.rint(high * 0x1p41), high * 0x1p41, "room for any exponent");
    }
  }

  private void assertBound(Gain gain, int count, DoubleSupplier samples) {
    WideError error = new WideError();
    for (int i = 0; i < count; i++) {
      double x = samples.getAsDouble();
      BigDecimal exact = oracle.exposure(x, gain.stops());
      if (exact.signum() != 0) {
        error.add(Log2Wide.log2(x, gain), exact);
      }
    }
    assertTrue(
        error.worst() <= BOUND,
        () -> "relative error 2^" + Math.log(error.worst()) / Math.log(2) + " with " + gain);
  }
}
