package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.math.Adjustment;

class FloatFactorTest {
  private static final int FIRST = 1 << 23;

  private static Adjustment.Operand factor(String stops) {
    return new Adjustment(
            Conversion.adjust(Direction.SCALE, SampleType.FLOAT32, ExactStops.parse(stops)))
        .there();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/3", "-2/3", "0.97", "-0.97", "5", "0.001", "-1e-9", "20.5"})
  void allSignificandsAreMultipliedRightly(String stops) {
    Adjustment.Operand factor = factor(stops);
    Float32Operand exact = Float32Operand.of(true, factor);
    Optional<FloatFactor> found = FloatFactor.of(factor);
    assertTrue(found.isPresent());
    float high = found.get().high();
    float low = found.get().low();
    long wrong =
        IntStream.range(FIRST, 2 * FIRST)
            .parallel()
            .filter(x ->
                Float.floatToRawIntBits(Math.fma(x, high, x * low))
                    != exact.adjust(Float.floatToRawIntBits(x)))
            .count();
    assertEquals(0, wrong);
  }

  /** Most factors have a pair: of 1000 hundredths and thirds of a stop, at least 950. */
  @Test
  void mostFactorsHaveAPair() {
    long hundredths =
        IntStream.rangeClosed(1, 700)
            .filter(i -> FloatFactor.of(factor(i + "/100")).isPresent())
            .count();
    long thirds =
        IntStream.rangeClosed(1, 300)
            .filter(i -> FloatFactor.of(factor(i + "/3")).isPresent())
            .count();
    assertTrue(hundredths + thirds >= 950, hundredths + " and " + thirds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/3", "0.97", "1e-9", "-1e-9", "2"})
  void productsNearTiesAreFound(String stops) {
    long factor = factor(stops).high();
    BigInteger units = new BigInteger(Long.toUnsignedString(factor));
    int[] near =
        IntStream.range(FIRST, 2 * FIRST)
            .filter(x -> {
              BigInteger product = units.multiply(BigInteger.valueOf(x));
              int point = product.bitLength() - 24;
              long rest = product.shiftRight(point - 40).longValue() & ((1L << 40) - 1);
              return Math.abs(rest - (1L << 39)) <= 1L << 20;
            })
            .toArray();
    int[] found = IntStream.of(FloatFactor.significandsNearTies(factor)).sorted().toArray();
    assertArrayEquals(near, IntStream.of(near).filter(x -> contains(found, x)).toArray());
    assertTrue(found.length < near.length + 200, found.length + " of " + near.length);
  }

  private static boolean contains(int[] sorted, int value) {
    return Arrays.binarySearch(sorted, value) >= 0;
  }
}
