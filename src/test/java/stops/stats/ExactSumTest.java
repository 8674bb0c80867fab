package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static final long[] COUNTS = {1, 2, 3, 7, 1L << 40};

  @Test
  void sumIsThatOfBigDecimalForNumbersOfAllSizes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      ExactSum sum = new ExactSum();
      BigDecimal expected = BigDecimal.ZERO;
      for (int i = 0; i < 50; i++) {
        double value = Double.longBitsToDouble(random.nextLong());
        if (Double.isFinite(value)) {
          long times = random.nextLong(1, 1L << 40);
          sum.add(value, times);
          expected = expected.add(new BigDecimal(value).multiply(BigDecimal.valueOf(times)));
        }
      }
      assertEquals(expected.doubleValue(), sum.mean(1));
    }
  }

  @Test
  void meanIsTheNearestNumber() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 2000; round++) {
      // Also subnormal means.
      double scale = Math.scalb(1.0, random.nextInt(-1080, 900));
      double value = random.nextDouble() * scale;
      for (long count : COUNTS) {
        ExactSum sum = new ExactSum();
        sum.add(value, 1);
        sum.add(scale, 3);
        assertNearest(
            new BigDecimal(value).add(new BigDecimal(scale).multiply(BigDecimal.valueOf(3))),
            count,
            sum.mean(count));
      }
    }
  }

  /** No other double is nearer to {@code sum / count}. */
  private static void assertNearest(BigDecimal sum, long count, double mean) {
    BigDecimal times = BigDecimal.valueOf(count);
    BigDecimal error = new BigDecimal(mean).multiply(times).subtract(sum).abs();
    for (double other : new double[] {Math.nextUp(mean), Math.nextDown(mean)}) {
      BigDecimal otherError = new BigDecimal(other).multiply(times).subtract(sum).abs();
      int compared = error.compareTo(otherError);
      boolean even = (Double.doubleToRawLongBits(mean) & 1) == 0;
      assertEquals(true, compared < 0 || compared == 0 && even, sum + " / " + count);
    }
  }

  @Test
  void tiesGoToEven() {
    BigInteger odd = BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE);
    assertEquals(0x1p53, ExactSum.quotient(odd, BigInteger.ONE, 0));
    assertEquals(0x1p53 + 4, ExactSum.quotient(odd.add(BigInteger.TWO), BigInteger.ONE, 0));
    assertEquals(-0x1p53, ExactSum.quotient(odd.negate(), BigInteger.ONE, 0));
    assertEquals(0, ExactSum.quotient(BigInteger.ONE, BigInteger.TWO, -1074));
    assertEquals(
        2 * Double.MIN_VALUE, ExactSum.quotient(BigInteger.valueOf(3), BigInteger.TWO, -1074));
  }

  @Test
  void sumThatIsTooLargeIsInfinite() {
    ExactSum sum = new ExactSum();
    sum.add(Double.MAX_VALUE, 4);
    assertEquals(Double.POSITIVE_INFINITY, sum.mean(2));
    assertEquals(Double.MAX_VALUE, sum.mean(4));
    sum.add(Double.POSITIVE_INFINITY, 1);
    assertEquals(Double.POSITIVE_INFINITY, sum.mean(5));
  }
}
