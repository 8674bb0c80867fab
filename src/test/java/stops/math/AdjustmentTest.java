package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;

/** Adjustments against exact arithmetic, which shares no code with them. */
final class AdjustmentTest {
  private static final MathContext DIGITS = new MathContext(120);

  private static Adjustment of(Direction direction, SampleType type, String stops) {
    return new Adjustment(Conversion.adjust(direction, type, ExactStops.parse(stops)));
  }

  /** 2^stops by square roots, with some 100 digits; whole powers are exact. */
  private static BigDecimal power(BigDecimal stops) {
    int whole = stops.setScale(0, java.math.RoundingMode.FLOOR).intValueExact();
    BigDecimal fraction = stops.subtract(BigDecimal.valueOf(whole));
    BigDecimal result = BigDecimal.ONE;
    BigDecimal root = BigDecimal.TWO;
    for (int i = 0; i < 400 && fraction.signum() != 0; i++) {
      root = root.sqrt(DIGITS);
      fraction = fraction.multiply(BigDecimal.TWO);
      if (fraction.compareTo(BigDecimal.ONE) >= 0) {
        fraction = fraction.subtract(BigDecimal.ONE);
        result = result.multiply(root, DIGITS);
      }
    }
    BigDecimal two = BigDecimal.TWO.pow(Math.abs(whole));
    return whole < 0 ? result.divide(two, new MathContext(1500)) : result.multiply(two);
  }

  /** The nearest of all numbers of a type, ties to even, found by bisection of its bit patterns. */
  private static long nearest(BigDecimal value, SampleType type, boolean negativeZero) {
    long infinity = SampleBits.infinity(type);
    BigDecimal size = value.abs();
    long low = 0;
    long high = infinity;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (new BigDecimal(SampleBits.value(type, middle)).compareTo(size) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    BigDecimal below = new BigDecimal(SampleBits.value(type, low));
    // Infinity rounds as the number that would follow the greatest one.
    BigDecimal above =
        high == infinity
            ? below
                .multiply(BigDecimal.TWO)
                .subtract(new BigDecimal(SampleBits.value(type, low - 1)))
            : new BigDecimal(SampleBits.value(type, high));
    int side = size.subtract(below).compareTo(above.subtract(size));
    long magnitude = side < 0 || (side == 0 && (low & 1) == 0) ? low : high;
    boolean negative = value.signum() < 0 || (value.signum() == 0 && negativeZero);
    return negative ? magnitude | SampleBits.sign(type) : magnitude;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-1",
        "5",
        "-5",
        "1/3",
        "-1/3",
        "0.97",
        "20",
        "-20",
        "0.5849625007211562",
        "0"
      })
  void everyHalfIsTheNearestToItsExactProduct(String stops) {
    ExactStops exact = ExactStops.parse(stops);
    BigDecimal factor = power(new BigDecimal(exact.high()).add(new BigDecimal(exact.low())));
    Adjustment adjustment = of(Direction.SCALE, SampleType.FLOAT16, stops);
    for (long bits = 0; bits < 1 << 16; bits++) {
      double value = SampleBits.value(SampleType.FLOAT16, bits);
      long expected =
          Double.isFinite(value)
              ? nearest(new BigDecimal(value).multiply(factor), SampleType.FLOAT16, bits >= 1 << 15)
              : bits;
      assertEquals(expected, adjustment.adjust(bits), Double.toHexString(value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-7", "1/3", "-2/3", "0.97", "1e-9", "-0.125", "300", "-70000", "0"})
  void everyHalfExposureIsTheNearestToItsExactSum(String stops) {
    ExactStops exact = ExactStops.parse(stops);
    BigDecimal added = new BigDecimal(exact.high()).add(new BigDecimal(exact.low()));
    Adjustment adjustment = of(Direction.SHIFT, SampleType.FLOAT16, stops);
    for (long bits = 0; bits < 1 << 16; bits++) {
      double value = SampleBits.value(SampleType.FLOAT16, bits);
      long expected =
          Double.isFinite(value)
              ? nearest(
                  new BigDecimal(value).add(added),
                  SampleType.FLOAT16,
                  added.signum() == 0 && bits >= 1 << 15)
              : bits;
      assertEquals(expected, adjustment.adjust(bits), Double.toHexString(value));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SCALE, FLOAT32, 1/3",
    "SCALE, FLOAT32, -37.4",
    "SCALE, FLOAT32, 120",
    "SCALE, FLOAT64, 1/3",
    "SCALE, FLOAT64, 1000.1",
    "SCALE, FLOAT64, -1060.7",
    "SHIFT, FLOAT32, 1/3",
    "SHIFT, FLOAT32, -12.34",
    "SHIFT, FLOAT32, 1e-30",
    "SHIFT, FLOAT64, 1/3",
    "SHIFT, FLOAT64, -1e-5",
    "SHIFT, FLOAT64, 1e300",
    "SHIFT, FLOAT64, 1e-300",
  })
  void samplesOfAllSizesAreTheNearestToTheirExactResults(
      Direction direction, SampleType type, String stops) {
    ExactStops exact = ExactStops.parse(stops);
    BigDecimal number = new BigDecimal(exact.high()).add(new BigDecimal(exact.low()));
    BigDecimal factor = direction == Direction.SCALE ? power(number) : BigDecimal.ONE;
    Adjustment adjustment = of(direction, type, stops);
    SplittableRandom random = new SplittableRandom(3);
    long pattern = SampleBits.sign(type) * 2 - 1;
    for (int i = 0; i < 4000; i++) {
      long bits = random.nextLong() & pattern;
      if (direction == Direction.SHIFT && i % 2 == 0) {
        // Near minus the summand, or of its size.
        double near = -exact.high() * (i % 4 == 0 ? 1 : random.nextDouble(0.2, 3));
        long rounded = nearest(new BigDecimal(near), type, false);
        bits = rounded + random.nextInt(-3, 4) & pattern;
      }
      double value = SampleBits.value(type, bits);
      if (Double.isFinite(value) && value != 0) {
        BigDecimal result =
            direction == Direction.SCALE
                ? new BigDecimal(value).multiply(factor)
                : new BigDecimal(value).add(number);
        assertEquals(
            nearest(result, type, false), adjustment.adjust(bits), Double.toHexString(value));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/3",
        "-0.97",
        // Three halves, a little less and a little more: many products are close to a tie.
        "0.5849625007211561814537389439478165",
        "0.58496250072115618145373894394782",
      })
  void everySixtyThirdSignificandIsRoundedAsItsExactProduct(String stops) {
    checkSignificands(stops, 63);
  }

  /** Significands of float32 against whole numbers of 200 bits, from a power found by roots. */
  static void checkSignificands(String stops, int every) {
    ExactStops exact = ExactStops.parse(stops);
    BigDecimal power = power(new BigDecimal(exact.high()).add(new BigDecimal(exact.low())));
    BigInteger factor =
        power.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(200))).toBigInteger();
    Adjustment adjustment = of(Direction.SCALE, SampleType.FLOAT32, stops);
    for (int significand = 1 << 23; significand < 1 << 24; significand += every) {
      BigInteger product = factor.multiply(BigInteger.valueOf(significand));
      int cut = product.bitLength() - 24;
      BigInteger rounded = product.shiftRight(cut - 1).add(BigInteger.ONE).shiftRight(1);
      float expected = Math.scalb(rounded.floatValue(), cut - 200 - 23);
      int bits = Float.floatToRawIntBits(Math.scalb((float) significand, -23));
      if (Float.floatToRawIntBits(expected) != (int) adjustment.adjust(bits)) {
        assertEquals(
            Float.toHexString(expected),
            Float.toHexString(Float.intBitsToFloat((int) adjustment.adjust(bits))),
            "of " + significand);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-9", "-1e-9", "1e-60", "-1e-60", "1e-300", "-1e-300"})
  void aTinySummandDecidesATie(double tiny) {
    for (int i = 0; i < 50; i++) {
      double tie = 1 + i * 0x1p-23 + 0x1p-24;
      Adjustment adjustment =
          new Adjustment(
              new Conversion(
                  Direction.SHIFT, SampleType.FLOAT64, SampleType.FLOAT32, tiny, ZeroPolicy.INF));
      float expected = (float) (1 + (tiny > 0 ? i + 1 : i) * 0x1p-23);
      assertEquals(
          Float.floatToRawIntBits(expected),
          adjustment.adjust(Double.doubleToRawLongBits(tie)),
          "tie " + i);
    }
  }

  @Test
  void thirdsAreThirdsAndNotTheNearestDoubles() {
    // 2^(1/3) and 2^(the double that is nearest to 1/3) differ in some float64 results.
    Adjustment third = of(Direction.SCALE, SampleType.FLOAT64, "20+1/3");
    Adjustment nearest =
        new Adjustment(
            Conversion.adjust(Direction.SCALE, SampleType.FLOAT64, ExactStops.of(20 + 1.0 / 3)));
    BigDecimal factor = BigDecimal.TWO.pow(20).multiply(cubeRootOfTwo(), DIGITS);
    int different = 0;
    for (int i = 0; i < 1000; i++) {
      double value = 1 + i * 0.001;
      long bits = Double.doubleToRawLongBits(value);
      long expected = nearest(new BigDecimal(value).multiply(factor), SampleType.FLOAT64, false);
      assertEquals(expected, third.adjust(bits));
      different += expected == nearest.adjust(bits) ? 0 : 1;
    }
    assertEquals(true, different > 100, "different: " + different);
  }

  /** By Newton's method. */
  private static BigDecimal cubeRootOfTwo() {
    BigDecimal x = new BigDecimal("1.26");
    for (int i = 0; i < 9; i++) {
      BigDecimal square = x.multiply(x, DIGITS);
      x =
          x.multiply(BigDecimal.TWO)
              .add(BigDecimal.TWO.divide(square, DIGITS))
              .divide(BigDecimal.valueOf(3), DIGITS);
    }
    return x;
  }

  @Test
  void whatDoesNotComeBackIsNamed() {
    Adjustment up = of(Direction.SCALE, SampleType.FLOAT16, "1");
    assertNull(up.anomaly(0x3c00, up.adjust(0x3c00)));
    assertEquals(Anomaly.OVERFLOW, up.anomaly(0x7bff, up.adjust(0x7bff)));
    assertNull(up.anomaly(0x7c00, up.adjust(0x7c00)), "infinity stays");
    assertNull(up.anomaly(0xfe01, up.adjust(0xfe01)), "NaN stays");
    assertEquals(0xfe01, up.adjust(0xfe01));
    Adjustment down = of(Direction.SCALE, SampleType.FLOAT16, "-1");
    assertEquals(Anomaly.UNDERFLOW, down.anomaly(0x8001, down.adjust(0x8001)));
    assertEquals(0x8000, down.adjust(0x8001));
    assertEquals(Anomaly.ROUNDED, down.anomaly(0x0003, down.adjust(0x0003)));
    assertNull(down.anomaly(0x8000, down.adjust(0x8000)));
    Adjustment shift = of(Direction.SHIFT, SampleType.FLOAT16, "1");
    assertEquals(Anomaly.ROUNDED, shift.anomaly(0x8000, shift.adjust(0x8000)), "-0 becomes +0");
    assertNull(shift.anomaly(0xbc00, shift.adjust(0xbc00)));
    assertEquals(0, shift.adjust(0xbc00), "-1 + 1");
    assertEquals(0xfc00, shift.adjust(0xfc00), "the exposure of black");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/3", "-1.5", "0.97", "7"})
  void theCountIsThatOfTheSamplesThatDoNotComeBack(String stops) {
    for (Direction direction : new Direction[] {Direction.SCALE, Direction.SHIFT}) {
      Adjustment there = of(direction, SampleType.FLOAT16, stops);
      ExactStops opposite = ExactStops.parse(stops).negate();
      Adjustment back = of(direction, SampleType.FLOAT16, opposite.toString());
      for (long bits = 0; bits < 1 << 16; bits++) {
        long result = there.adjust(bits);
        assertEquals(
            back.adjust(result) == bits, there.anomaly(bits, result) == null, "bits " + bits);
      }
    }
  }

  @Test
  void adjustmentsOfAnySizeAreTaken() {
    for (String stops : new String[] {"1e300", "-1e300", "123456789.5"}) {
      Adjustment scale = of(Direction.SCALE, SampleType.FLOAT64, stops);
      long result = scale.adjust(Double.doubleToRawLongBits(-1));
      assertEquals(
          stops.startsWith("-") ? -0.0 : Double.NEGATIVE_INFINITY, Double.longBitsToDouble(result));
      assertEquals(0, scale.adjust(0));
      Adjustment shift = of(Direction.SHIFT, SampleType.FLOAT64, stops);
      assertEquals(Double.parseDouble(stops), Double.longBitsToDouble(shift.adjust(0)));
    }
    assertEquals(
        BigInteger.ONE,
        BigInteger.valueOf(
            of(Direction.SCALE, SampleType.FLOAT64, "-2098")
                .adjust(Double.doubleToRawLongBits(0x1.fffffffffffffp1023))));
  }
}
