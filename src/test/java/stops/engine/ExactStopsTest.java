package stops.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactStopsTest {

  @ParameterizedTest
  @CsvSource({
    "1, +1",
    "+1, +1",
    "-2/3, -2/3",
    "1+1/3, +1+1/3",
    "-1-1/3, -1-1/3",
    "-1+1/3, -2/3",
    "0.97, +0.97",
    ".5, +0.5",
    "1., +1",
    "1e2, +100",
    "-0, 0",
    "6/4, +1.5",
    "\u22121/3, -1/3",
    "' 1 ', +1",
    "0.1, +0.1",
    "10/3, +3+1/3",
    "1-1/4, +0.75",
    "1e308, +1e308",
    "-25e-40, -25e-40",
    "0.12345678901234567890123456789, +0.12345678901234567890123456789",
  })
  void whatPeopleWriteIsReadExactly(String text, String canonical) {
    ExactStops stops = ExactStops.parse(text);
    assertEquals(canonical, stops.toString());
    assertEquals(stops, ExactStops.parse(canonical));
    assertEquals(stops.hashCode(), ExactStops.parse(canonical).hashCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "x", "1/0", "1//3", "--1", "1/3/5", "1 1/3", "nan", "inf", "0x10", "1e99999", "1e500",
        "\u0661", "1,5", "+", "1+", "1/-3", "2/4+0/1"
      })
  void whatIsNoNumberIsRefusedInOneLine(String text) {
    NumberFormatException failure =
        assertThrows(NumberFormatException.class, () -> ExactStops.parse(text));
    assertEquals(1, String.valueOf(failure.getMessage()).lines().count(), failure.getMessage());
  }

  @Test
  void anAbsurdLengthIsRefusedAtOnce() {
    assertThrows(NumberFormatException.class, () -> ExactStops.parse("1".repeat(1 << 20)));
  }

  @Test
  void aThirdIsTheSumOfTwoDoublesToTwiceTheirPrecision() {
    ExactStops third = ExactStops.parse("1/3");
    BigDecimal sum = new BigDecimal(third.high()).add(new BigDecimal(third.low()));
    BigDecimal error = BigDecimal.ONE.subtract(sum.multiply(BigDecimal.valueOf(3))).abs();
    assertEquals(1.0 / 3, third.high());
    assertTrue(error.doubleValue() < 0x1p-107, error.toString());
    assertFalse(third.isWhole());
    assertEquals(0, ExactStops.of(0.97).low());
    assertTrue(ExactStops.parse("-3").isWhole());
  }

  @Test
  void sumsAreExact() {
    ExactStops third = ExactStops.parse("1/3");
    assertEquals(ExactStops.of(1), third.plus(third).plus(third));
    assertEquals(ExactStops.ZERO, third.plus(third.negate()));
    assertEquals(-1, third.negate().signum());
    assertThrows(ArithmeticException.class, () -> ExactStops.parse("1e399").high());
    assertThrows(NumberFormatException.class, () -> ExactStops.of(Double.NaN));
  }
}
