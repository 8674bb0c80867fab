package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;

class DefinitionTest {
  private static final double[] GAINS = {0, 1, -1, 1 / 3.0, -0.7, 17.25, 1e-300, -2100, 2100};

  private final Oracle.Ladder oracle = new Oracle.Ladder();
  private final SplittableRandom random = new SplittableRandom(1);

  private static Definition definition(Direction direction, SampleType type) {
    return new Definition(Conversion.of(direction, SampleType.FLOAT64, type));
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void exposureOfPowersOfTwoIsExact(SampleType type) {
    Definition definition = definition(Direction.TO_EXPOSURE, type);
    for (int k = -1073; k <= 1023; k++) {
      long bits = definition.convert(Math.scalb(1.0, k));
      assertEquals(k, SampleBits.value(type, bits));
    }
  }

  @Test
  void intensityOfWholeStopsIsExact() {
    Definition definition = definition(Direction.TO_INTENSITY, SampleType.FLOAT64);
    for (int k = -1074; k <= 1023; k++) {
      assertEquals(Math.scalb(1.0, k), SampleBits.value(SampleType.FLOAT64, definition.convert(k)));
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void exposureOfEveryHalfIsCorrectlyRounded(SampleType type) {
    Definition definition = definition(Direction.TO_EXPOSURE, type);
    for (int half = 1; half < 0x7c00; half++) {
      double x = Float.float16ToFloat((short) half);
      assertEquals(oracle.exposure(x, 0, type), definition.convert(x), () -> "log2 " + x);
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void intensityOfEveryHalfIsCorrectlyRounded(SampleType type) {
    Definition definition = definition(Direction.TO_INTENSITY, type);
    for (int half = 0; half < 0x10000; half++) {
      double x = Float.float16ToFloat((short) half);
      if (Double.isFinite(x)) {
        assertEquals(oracle.intensity(x, 0, type), definition.convert(x), () -> "exp2 " + x);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void randomFloatsAreCorrectlyRounded(SampleType type) {
    if (type == SampleType.FLOAT64) {
      return;
    }
    Definition exposure = definition(Direction.TO_EXPOSURE, type);
    Definition intensity = definition(Direction.TO_INTENSITY, type);
    for (int i = 0; i < 20_000; i++) {
      double x = Float.intBitsToFloat(random.nextInt(1, 0x7f80_0000));
      assertEquals(oracle.exposure(x, 0, type), exposure.convert(x), () -> "log2 " + x);
      double e = (float) random.nextDouble(-151, 129);
      assertEquals(oracle.intensity(e, 0, type), intensity.convert(e), () -> "exp2 " + e);
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void gainIsAddedBeforeTheOneRounding(SampleType type) {
    for (double gain : GAINS) {
      Definition exposure =
          new Definition(
              new Conversion(
                  Direction.TO_EXPOSURE, SampleType.FLOAT64, type, gain, ZeroPolicy.INF));
      Definition intensity =
          new Definition(
              new Conversion(
                  Direction.TO_INTENSITY, SampleType.FLOAT64, type, gain, ZeroPolicy.INF));
      for (int i = 0; i < 500; i++) {
        double x = Math.scalb(random.nextDouble(1, 2), random.nextInt(-1074, 1024));
        assertEquals(oracle.exposure(x, gain, type), exposure.convert(x), () -> x + " " + gain);
        double e = random.nextDouble(-200, 200) - gain;
        assertEquals(oracle.intensity(e, gain, type), intensity.convert(e), () -> e + " " + gain);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void intensityIsRoundedOnceWhereItIsSubnormal(SampleType type) {
    Definition definition = definition(Direction.TO_INTENSITY, type);
    int least =
        switch (type) {
          case FLOAT16 -> -25;
          case FLOAT32 -> -150;
          case FLOAT64 -> -1075;
        };
    for (int i = 0; i < 20_000; i++) {
      double x = random.nextDouble(least - 1, least + 14);
      assertEquals(oracle.intensity(x, 0, type), definition.convert(x), () -> "exp2 " + x);
    }
    assertEquals(0, definition.convert(least), "a tie with 0");
    assertEquals(1, definition.convert(Math.nextUp((double) least)), "just above the tie");
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void whatHasNoExposureFollowsTheTable(SampleType type) {
    long infinity = SampleBits.infinity(type);
    long nan = SampleBits.canonicalNaN(type);
    assertExposure(type, ZeroPolicy.INF, 0.0, infinity | SampleBits.sign(type), Anomaly.UNDEFINED);
    assertExposure(
        type, ZeroPolicy.FAIL, -0.0, infinity | SampleBits.sign(type), Anomaly.UNDEFINED);
    assertExposure(type, ZeroPolicy.NAN, -0.0, nan, Anomaly.UNDEFINED);
    assertExposure(type, ZeroPolicy.INF, Double.POSITIVE_INFINITY, infinity, Anomaly.INFINITE);
    assertExposure(type, ZeroPolicy.INF, Double.NaN, nan, Anomaly.NAN);
    Definition floor =
        new Definition(
            new Conversion(Direction.TO_EXPOSURE, SampleType.FLOAT64, type, 0.5, ZeroPolicy.FLOOR));
    for (double x : new double[] {0, -0.0, -1, Double.NEGATIVE_INFINITY, 0x1p-1074, -0x1p-1074}) {
      assertEquals(
          type == SampleType.FLOAT16 ? -1072 : -1072.5,
          SampleBits.value(type, floor.convert(x)),
          "floor and clamped get the gain too");
      assertEquals(
          x == 0 ? Anomaly.UNDEFINED : Anomaly.CLAMPED, floor.anomaly(x, floor.convert(x)));
    }
  }

  private static void assertExposure(
      SampleType type, ZeroPolicy zero, double intensity, long bits, Anomaly anomaly) {
    Definition definition =
        new Definition(new Conversion(Direction.TO_EXPOSURE, SampleType.FLOAT64, type, 0, zero));
    assertEquals(bits, definition.convert(intensity));
    assertEquals(anomaly, definition.anomaly(intensity, bits));
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void whatHasNoIntensityFollowsTheTable(SampleType type) {
    Definition definition = definition(Direction.TO_INTENSITY, type);
    long infinity = SampleBits.infinity(type);
    assertIntensity(definition, Double.NEGATIVE_INFINITY, 0, Anomaly.INFINITE);
    assertIntensity(definition, Double.POSITIVE_INFINITY, infinity, Anomaly.INFINITE);
    assertIntensity(definition, Double.NaN, SampleBits.canonicalNaN(type), Anomaly.NAN);
    assertIntensity(definition, 1024, infinity, Anomaly.OVERFLOW);
    assertIntensity(definition, Double.MAX_VALUE, infinity, Anomaly.OVERFLOW);
    assertIntensity(definition, -1075, 0, Anomaly.UNDERFLOW);
    assertIntensity(definition, -Double.MAX_VALUE, 0, Anomaly.UNDERFLOW);
  }

  private static void assertIntensity(
      Definition definition, double exposure, long bits, Anomaly anomaly) {
    assertEquals(bits, definition.convert(exposure));
    assertEquals(anomaly, definition.anomaly(exposure, bits));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1073, 0.18, 1, 65504, Double.MAX_VALUE})
  void ordinarySamplesAreNotCounted(double intensity) {
    Definition to = definition(Direction.TO_EXPOSURE, SampleType.FLOAT64);
    Definition back = definition(Direction.TO_INTENSITY, SampleType.FLOAT64);
    long exposure = to.convert(intensity);
    assertNull(to.anomaly(intensity, exposure));
    double e = Double.longBitsToDouble(exposure);
    // The exposure of the largest double rounds to 1024.
    if (e < 1024) {
      assertNull(back.anomaly(e, back.convert(e)));
    }
  }

  @Test
  void resultsThatRoundToTheLargestFloatAreNoOverflow() {
    Definition definition = definition(Direction.TO_INTENSITY, SampleType.FLOAT16);
    double largest = Math.log(65519) / Math.log(2);
    assertEquals(0x7bff, definition.convert(largest));
    assertNull(definition.anomaly(largest, 0x7bff));
    assertEquals(0x7c00, definition.convert(16));
  }
}
