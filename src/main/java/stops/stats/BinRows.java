package stops.stats;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bins of a channel, in rows of {@value #BINS} that are made when their first sample comes. A
 * sample is a bin and an offset in it. Offsets have 16 or 17 high bits, of which sums and sums of
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

  private final TreeMap<Integer, long[]> rows = new TreeMap<>();
  private final RowMemory memory;

  BinRows(RowMemory memory) {
    this.memory = memory;
  }

  /** The rows by their numbers, in rising order. */
  Map<Integer, long[]> rows() {
    return rows;
  }

  /** Adds {@code count} samples with these sums of their offsets. */
  void add(int row, int bin, long count, long high, long low, long squares) {
    long[] fields = rows.get(row);
    if (fields == null) {
      memory.take((long) BINS * FIELDS * Long.BYTES);
      fields = new long[BINS * FIELDS];
      rows.put(row, fields);
    }
    int at = bin * FIELDS;
    fields[at + COUNT] += count;
    fields[at + HIGH] += high;
    fields[at + LOW] += low;
    fields[at + SQUARES] += squares & MASK;
    fields[at + SQUARES_ABOVE] += squares >>> 32;
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

  /** The variance of the offsets of a bin, in squared units of the high bits. */
  static double variance(long[] row, int bin) {
    int at = bin * FIELDS;
    BigInteger count = BigInteger.valueOf(row[at + COUNT]);
    BigInteger sum = BigInteger.valueOf(row[at + HIGH]);
    BigInteger squares =
        BigInteger.valueOf(row[at + SQUARES_ABOVE])
            .shiftLeft(32)
            .add(BigInteger.valueOf(row[at + SQUARES]));
    return ExactSum.quotient(
        squares.multiply(count).subtract(sum.multiply(sum)), count.multiply(count), 0);
  }
}
