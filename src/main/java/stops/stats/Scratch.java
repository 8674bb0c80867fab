package stops.stats;

/**
 * Memory of one thread: a block of samples, and a table of counts that is all zero between uses.
 */
final class Scratch {
  /** Bins of the table. */
  static final int BINS = 1 << 16;

  /** The most samples between two flushes, so that no field of the table overflows. */
  static final int MOST_SAMPLES = 1 << 20;

  /** Position of the count in the first word of a bin. The sum of the low bits is below it. */
  static final int COUNT_SHIFT = 40;

  static final long ONE = 1L << COUNT_SHIFT;
  static final long SUM = ONE - 1;

  /** Memory in bytes. */
  static final long BYTES = 2L * BINS * Long.BYTES + SampleRuns.BLOCK * 14L;

  /** Two words for each bin: its count with the sum of low bits, and the sum of their squares. */
  final long[] table = new long[2 * BINS];

  final short[] shorts = new short[SampleRuns.BLOCK];
  final int[] ints = new int[SampleRuns.BLOCK];
  final long[] longs = new long[SampleRuns.BLOCK];

  /** Takes the bins {@code first} to {@code last} out of the table, and hands on those in use. */
  void flush(int first, int last, Flushed flushed) {
    for (int bin = first; bin <= last; bin++) {
      int at = 2 * bin;
      long word = table[at];
      if (word != 0) {
        flushed.bin(bin, word >>> COUNT_SHIFT, word & SUM, table[at + 1]);
        table[at] = 0;
        table[at + 1] = 0;
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
