package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Means and variances of bins are those of exact fractions, for few samples and for many. */
class BinRowsTest {
  private static final int HIGH_BITS = 21;

  private final SplittableRandom random = new SplittableRandom(7);
  private final BinRows rows = new BinRows(new RowMemory(Long.MAX_VALUE));

  private long[] fields(int row) {
    return Objects.requireNonNull(rows.rows().get(row));
  }

  @Test
  void meanIsRoundedOnce() {
    for (int row = 0; row < 2000; row++) {
      int lowBits = row % 3 == 0 ? 29 : 0;
      long first =
          lowBits > 0 ? random.nextLong(1L << 24) << lowBits : random.nextLong(-1L << 40, 1L << 40);
      long count = 0;
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < 5; i++) {
        long some = 1L << random.nextInt(30);
        long high = random.nextLong(1 << HIGH_BITS);
        long low = row % 6 == 0 ? random.nextLong(1L << lowBits) : 0;
        rows.add(row, 3, some, some * high, some * low, high * high);
        count += some;
        sum =
            sum.add(
                BigInteger.valueOf(some)
                    .multiply(BigInteger.valueOf(first + (high << lowBits) + low)));
      }
      long[] fields = fields(row);
      assertEquals(
          ExactSum.quotient(sum, BigInteger.valueOf(count), -28),
          BinRows.mean(fields, 3, first, lowBits, -28));
    }
  }

  @Test
  void varianceIsExactToItsLastBits() {
    for (int row = 0; row < 2000; row++) {
      int flushes = 1 + random.nextInt(row % 2 == 0 ? 3 : 3000);
      long spread = 1L << random.nextInt(1, HIGH_BITS);
      BigInteger count = BigInteger.ZERO;
      BigInteger sum = BigInteger.ZERO;
      BigInteger squares = BigInteger.ZERO;
      for (int i = 0; i < flushes; i++) {
        long high = (1L << HIGH_BITS) - 1 - random.nextLong(spread);
        long some = random.nextLong(1, 1L << 21);
        rows.add(row, 0, some, some * high, 0, some * high * high);
        count = count.add(BigInteger.valueOf(some));
        sum = sum.add(BigInteger.valueOf(some * high));
        squares = squares.add(BigInteger.valueOf(some * high * high));
      }
      double exact =
          ExactSum.quotient(
              squares.multiply(count).subtract(sum.multiply(sum)), count.multiply(count), 0);
      assertEquals(exact, BinRows.variance(fields(row), 0), 1e-12 * exact + 1e-12);
    }
  }

  @Test
  void varianceOfEqualSamplesIsZero() {
    for (int row = 0; row < 200; row++) {
      long high = random.nextLong(1 << HIGH_BITS);
      for (int i = 0; i < row + 1; i++) {
        rows.add(row, 127, 1L << 21, high << 21, 0, high * high << 21);
      }
      assertEquals(0, BinRows.variance(fields(row), 127));
    }
  }
}
