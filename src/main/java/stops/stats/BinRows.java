package stops.stats;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bins of a channel, in rows of {@value #BINS} that are made when their first sample comes. A
 * sample is a bin and an offset in it. Offsets have 16 or 21 high bits, of which sums and sums of
 * squares are kept, and up to 29 low bits, of which the sum is kept.
 */
final class BinRows {
  static final int BINS = 128;
  private static final int FIELDS = 5;
  private static final int COUNT = 0;
  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int SQUARES = 3;
  private static final int SQUARES_ABOVE = 4;
  private static final long MASK = 0xffff_ffffL;

  /** Integers up to this are exact as float64, and so is the division of two of them, rounded. */
  private static final long EXACT = 1L << 53;

  private final TreeMap<Integer, long[]> rows = new TreeMap<>();
  private final RowMemory memory;

  /** The row that was used last: neighbours come one after the other. */
  private int latestRow;

  private long @Nullable [] latest;

  BinRows(RowMemory memory) {
    this.memory = memory;
  }

  /** The rows by their numbers, in rising order. */
  Map<Integer, long[]> rows() {
    return rows;
  }

  /** Adds {@code count} samples with these sums of their offsets. */
  void add(int row, int bin, long count, long high, long low, long squares) {
    long[] fields = row(row);
    int at = bin * FIELDS;
    fields[at + COUNT] += count;
    fields[at + HIGH] += high;
    fields[at + LOW] += low;
    fields[at + SQUARES] += squares & MASK;
    fields[at + SQUARES_ABOVE] += squares >>> 32;
  }

  private long[] row(int row) {
    long[] fields = latest;
    if (fields != null && latestRow == row) {
      return fields;
    }
    fields = rows.get(row);
    if (fields == null) {
      memory.take((long) BINS * FIELDS * Long.BYTES);
      fields = new long[BINS * FIELDS];
      rows.put(row, fields);
    }
    latestRow = row;
    latest = fields;
    return fields;
  }

  static long count(long[] row, int bin) {
    return row[bin * FIELDS + COUNT];
  }

  /** The sum of all offsets of a bin, in units of their lowest bit. */
  static BigInteger sum(long[] row, int bin, int lowBits) {
    return BigInteger.valueOf(row[bin * FIELDS + HIGH])
        .shiftLeft(lowBits)
        .add(BigInteger.valueOf(row[bin * FIELDS + LOW]));
  }

  /**
   * The mean of {@code first} plus the offsets of a bin, rounded once, in units of the lowest bit.
   *
   * @param first where the bin begins, in units of the lowest bit
   * @param exponent the mean is multiplied by this power of two
   */
  static double mean(long[] row, int bin, long first, int lowBits, int exponent) {
    int at = bin * FIELDS;
    long count = row[at + COUNT];
    if (row[at + LOW] == 0 && count <= EXACT && exponent > -1000) {
      long begin = first >> lowBits;
      long sum = begin * count + row[at + HIGH];
      if (begin << lowBits == first
          && Math.abs(begin) <= EXACT / count
          && row[at + HIGH] <= EXACT
          && Math.abs(sum) <= EXACT) {
        return Math.scalb((double) sum / count, exponent + lowBits);
      }
    }
    BigInteger all =
        BigInteger.valueOf(first).multiply(BigInteger.valueOf(count)).add(sum(row, bin, lowBits));
    return ExactSum.quotient(all, BigInteger.valueOf(count), exponent);
  }

  /**
   * The variance of the offsets of a bin, in squared units of the high bits. It is zero if all are
   * the same. With {@code q} and {@code r} as the quotient and the remainder of the sum {@code s}
   * divided by the count {@code n}, the squared distances from {@code q} have the sum {@code
   * squares - q (s + r)}, and the variance is that divided by {@code n}, less {@code (r / n)²}.
   */
  static double variance(long[] row, int bin) {
    int at = bin * FIELDS;
    long count = row[at + COUNT];
    long sum = row[at + HIGH];
    long quotient = sum / count;
    long remainder = sum % count;
    double distances;
    if (row[at + SQUARES_ABOVE] + (row[at + SQUARES] >>> 32) <= Integer.MAX_VALUE) {
      // The result is less than the squares, so it is right though the product may wrap around.
      distances =
          (row[at + SQUARES_ABOVE] << 32) + row[at + SQUARES] - quotient * (sum + remainder);
    } else {
      distances =
          BigInteger.valueOf(row[at + SQUARES_ABOVE])
              .shiftLeft(32)
              .add(BigInteger.valueOf(row[at + SQUARES]))
              .subtract(
                  BigInteger.valueOf(quotient)
                      .multiply(BigInteger.valueOf(sum).add(BigInteger.valueOf(remainder))))
              .doubleValue();
    }
    double rest = (double) remainder / count;
    return Math.max(0, distances / count - rest * rest);
  }
}
