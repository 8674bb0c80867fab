package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * {@link Exp2Narrow} and {@link Log2Narrow} on hard and random samples. The exhaustive test of the
 * vector engine compares all 2^32 float32.
 */
class NarrowTest {
  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void hardSamplesAreRoundedAsDefined(Direction direction) {
    for (long bits : HardCases.of(direction, SampleType.FLOAT32)) {
      check(direction, Float.intBitsToFloat((int) bits));
    }
    check(direction, Exp2Narrow.TIE_1);
    check(direction, Exp2Narrow.TIE_2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void randomSamplesAreRoundedAsDefined(Direction direction) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      check(
          direction,
          direction == Direction.TO_EXPOSURE
              ? Float.intBitsToFloat(random.nextInt(1, 0x7f80_0000))
              : (float) random.nextDouble(-150, 128));
    }
  }

  @Test
  void powersOfTwoAreExact() {
    IntStream.range(-149, 128)
        .forEach(k -> {
          assertEquals(k, Log2Narrow.log2((float) Math.scalb(1.0, k)));
          assertEquals(Math.scalb(1.0, k), Exp2Narrow.exp2(k));
        });
  }

  private static void check(Direction direction, float sample) {
    Definition definition =
        new Definition(Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32));
    if (definition.isOrdinary(sample)
        && (direction == Direction.TO_EXPOSURE || Math.abs(sample) <= 1000)) {
      double result =
          direction == Direction.TO_EXPOSURE ? Log2Narrow.log2(sample) : Exp2Narrow.exp2(sample);
      assertEquals(
          definition.convert(sample),
          Float.floatToRawIntBits((float) result) & 0xffff_ffffL,
          () -> direction + " of " + Float.toHexString(sample));
    }
  }
}
