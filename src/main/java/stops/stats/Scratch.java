package stops.stats;

import org.jspecify.annotations.Nullable;

/**
 * Memory of one thread: a block of samples, and tables of counts that are all zero between uses.
 */
final class Scratch {
  /** Bins of the table. */
  static final int BINS = 1 << 16;

  /** The most samples between two flushes: the sum of their squares, of 42 bits, has 63 bits. */
  static final int MOST_SAMPLES = 1 << 21;

  /** Position of the count in the first word of a bin. The sum of the low bits is below it. */
  static final int COUNT_SHIFT = 42;

  static final long ONE = 1L << COUNT_SHIFT;
  static final long SUM = ONE - 1;

  private static final long BLOCK_BYTES = SampleRuns.BLOCK * 14L;

  private long @Nullable [] table;
  private int @Nullable [] counts;

  final short[] shorts = new short[SampleRuns.BLOCK];
  final int[] ints = new int[SampleRuns.BLOCK];
  final long[] longs = new long[SampleRuns.BLOCK];

  /**
   * Memory in bytes.
   *
   * @param halves whether it serves channels of float16
   * @param others whether it serves other channels
   */
  static long bytes(boolean halves, boolean others) {
    return BLOCK_BYTES
        + (halves ? (long) BINS * Integer.BYTES : 0)
        + (others ? 2L * BINS * Long.BYTES : 0);
  }

  /** Two words for each bin: its count with the sum of low bits, and the sum of their squares. */
  long[] table() {
    if (table == null) {
      table = new long[2 * BINS];
    }
    return table;
  }

  /** The count of each float16 pattern. */
  int[] counts() {
    if (counts == null) {
      counts = new int[BINS];
    }
    return counts;
  }

  /** Takes the bins {@code first} to {@code last} out of the table, and hands on those in use. */
  void flush(int first, int last, Flushed flushed) {
    long[] words = table();
    for (int bin = first; bin <= last; bin++) {
      int at = 2 * bin;
      long word = words[at];
      if (word != 0) {
        flushed.bin(bin, word >>> COUNT_SHIFT, word & SUM, words[at + 1]);
        words[at] = 0;
        words[at + 1] = 0;
      }
    }
  }

  /** Takes a bin of the table. */
  @FunctionalInterface
  interface Flushed {
    /** {@code count} samples with the sum of their low bits, and of their squares. */
    void bin(int bin, long count, long sum, long squares);
  }
}
