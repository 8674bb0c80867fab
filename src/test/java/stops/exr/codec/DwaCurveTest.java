package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DwaCurveTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.5, 0.217637641",
    "2, 9.0250135",
    "3.5, 244.69",
    "-0.5, -0.217637641"
  })
  void isAPowerBelowOneAndAnExponentialAbove(float coded, float linear) {
    assertEquals(Float.floatToFloat16(linear), DwaCurve.toLinear()[bits(coded)]);
  }

  @Test
  void whatIsNotFiniteIsZero() {
    for (int bits = 0x7c00; bits <= 0x7fff; bits++) {
      assertEquals(0, DwaCurve.toLinear()[bits]);
      assertEquals(0, DwaCurve.toLinear()[bits | 0x8000]);
    }
  }

  @Test
  void identityChangesOnlyNan() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      boolean nan = Float.isNaN(Float.float16ToFloat((short) bits));
      assertEquals(nan ? 0x7e00 : bits, DwaCurve.identity()[bits] & 0xffff);
    }
  }

  private static int bits(float value) {
    return Float.floatToFloat16(value) & 0xffff;
  }
}
