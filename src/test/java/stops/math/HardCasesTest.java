package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

class HardCasesTest {
  private final Oracle.Ladder oracle = new Oracle.Ladder();

  @ParameterizedTest
  @CsvSource({
    "TO_EXPOSURE,FLOAT16",
    "TO_EXPOSURE,FLOAT32",
    "TO_INTENSITY,FLOAT16",
    "TO_INTENSITY,FLOAT32"
  })
  void hardFloatsAreCorrectlyRounded(Direction direction, SampleType target) {
    Definition definition = new Definition(Conversion.of(direction, SampleType.FLOAT32, target));
    for (long bits : HardCases.of(direction, SampleType.FLOAT32)) {
      double x = SampleBits.value(SampleType.FLOAT32, bits);
      long expected =
          direction == Direction.TO_EXPOSURE
              ? oracle.exposure(x, 0, target)
              : oracle.intensity(x, 0, target);
      assertEquals(expected, definition.convert(x), () -> "sample " + x);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void hardDoublesAreWithinTheBound(Direction direction) {
    WideError error = new WideError();
    for (long bits : HardCases.of(direction, SampleType.FLOAT64)) {
      double x = Double.longBitsToDouble(bits);
      if (direction == Direction.TO_EXPOSURE) {
        error.add(Log2Wide.log2(x), oracle.exposure(x, 0));
      } else {
        error.add(Exp2Wide.exp2(x, 0), oracle.intensity(x, 0));
      }
    }
    assertTrue(error.worstUlps() < 0.5001, () -> error.worstUlps() + " ULP");
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void theyLieOnBothSidesOfTheLimits(SampleType target) {
    Definition definition =
        new Definition(Conversion.of(Direction.TO_INTENSITY, SampleType.FLOAT64, target));
    long[] results =
        LongStream.of(HardCases.of(Direction.TO_INTENSITY, SampleType.FLOAT64))
            .map(bits -> definition.convert(Double.longBitsToDouble(bits)))
            .toArray();
    long infinity = SampleBits.infinity(target);
    long topBinade = infinity - Long.lowestOneBit(infinity);
    assertTrue(LongStream.of(results).anyMatch(x -> x == 0));
    assertTrue(LongStream.of(results).anyMatch(x -> x == 1));
    assertTrue(LongStream.of(results).anyMatch(x -> x >= topBinade && x < infinity));
    assertTrue(LongStream.of(results).anyMatch(x -> x == infinity));
  }
}
