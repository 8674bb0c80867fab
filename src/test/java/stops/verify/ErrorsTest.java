package stops.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

class ErrorsTest {
  private static final Conversion EXPOSURE =
      Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32);

  private static long bits(float value) {
    return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  @Test
  void theErrorIsTheDistanceFromTheTrueValue() {
    Errors errors = new Errors(EXPOSURE, false);
    errors.check(8, bits(3));
    assertEquals(0, errors.misrounded());
    assertEquals(0.5, errors.largestUlps());
    assertNull(errors.first());
    errors.check(8, bits(Math.nextUp(Math.nextUp(3f))));
    errors.check(4, bits(Math.nextUp(2f)));
    assertEquals(2, errors.misrounded());
    assertEquals(2, errors.largestUlps());
    assertEquals(
        "exposure of 0x1.0p3 (float32 to float32) is 0x1.800004p1, not 0x1.8p1", errors.first());
  }

  @Test
  void infiniteForNumbersAndNumbersForInfiniteAreInfinitelyWrong() {
    Errors errors = new Errors(EXPOSURE, false);
    errors.check(8, bits(Float.POSITIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, errors.largestUlps());
  }

  @Test
  void whereAForeignFunctionMeansSomethingElseItIsNotCompared() {
    Errors foreign = new Errors(EXPOSURE, true);
    foreign.check(-1, bits(Float.NaN));
    foreign.check(Double.NaN, 0xffff_ffffL);
    assertEquals(0, foreign.misrounded());
    foreign.check(8, bits(Math.nextUp(3f)));
    assertEquals(1, foreign.misrounded());
    Errors own = new Errors(EXPOSURE, false);
    own.check(-1, bits(Float.NaN));
    own.check(Double.NaN, 0xffff_ffffL);
    assertEquals(2, own.misrounded());
  }
}
