package stops.stats;

import java.util.function.Consumer;
import stops.image.Domain;
import stops.math.Scalar;

/** The samples of a float16 channel, with a count for each of the 65,536 bit patterns. */
final class HalfBins extends Bins {
  /** Patterns with the same sign and exponent are a row. */
  private static final int ROW_BITS = 10;

  private static final int ROW = 1 << ROW_BITS;
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;

  /** The most samples between two flushes, so that no count of the table overflows. */
  private static final int MOST_SAMPLES = 1 << 30;

  private final boolean exposures;
  private final RowMemory memory;
  private final long[][] rows = new long[1 << (16 - ROW_BITS)][];

  HalfBins(Domain domain, RowMemory memory) {
    this.exposures = domain == Domain.EXPOSURE;
    this.memory = memory;
  }

  @Override
  void add(SampleRuns samples, Scratch scratch) {
    short[] block = scratch.shorts;
    for (int read = samples.read(block); read > 0; ) {
      for (int all = 0; read > 0 && all < MOST_SAMPLES; all += SampleRuns.BLOCK) {
        count(block, read, scratch.counts());
        read = samples.read(block);
      }
      flush(scratch.counts());
    }
  }

  private static void count(short[] block, int samples, int[] counts) {
    for (int i = 0; i < samples; i++) {
      counts[block[i] & 0xffff]++;
    }
  }

  private synchronized void flush(int[] counts) {
    for (int number = 0; number < rows.length; number++) {
      int first = number * ROW;
      if (isEmpty(counts, first)) {
        continue;
      }
      long[] row = rows[number];
      if (row == null) {
        memory.take((long) ROW * Long.BYTES);
        row = new long[ROW];
        rows[number] = row;
      }
      for (int i = 0; i < ROW; i++) {
        row[i] += counts[first + i];
        counts[first + i] = 0;
      }
      if ((number & 31) == 31) {
        special(row, number >= 32);
      }
    }
  }

  private static boolean isEmpty(int[] counts, int first) {
    int any = 0;
    for (int i = 0; i < ROW; i++) {
      any |= counts[first + i];
    }
    return any == 0;
  }

  /** Counts infinities and NaN, and takes them out of their row. */
  private void special(long[] row, boolean negative) {
    countSpecial(negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY, row[0]);
    row[0] = 0;
    for (int i = 1; i < ROW; i++) {
      countSpecial(Double.NaN, row[i]);
      row[i] = 0;
    }
  }

  private long count(int pattern) {
    long[] row = rows[pattern >>> ROW_BITS];
    return row == null ? 0 : row[pattern & (ROW - 1)];
  }

  private static double value(int pattern) {
    return Float.float16ToFloat((short) pattern);
  }

  @Override
  void forEach(Consumer<Bin> consumer) {
    for (int pattern = SIGN + INFINITY - 1; pattern > SIGN; pattern--) {
      accept(pattern, consumer);
    }
    if (exposures && zeroPatterns() > 0) {
      consumer.accept(Bin.of(zeroPatterns(), 1, 0));
    }
    for (int pattern = 1; pattern < INFINITY; pattern++) {
      accept(pattern, consumer);
    }
  }

  private void accept(int pattern, Consumer<Bin> consumer) {
    long count = count(pattern);
    if (count == 0) {
      return;
    }
    double value = value(pattern);
    if (exposures) {
      consumer.accept(Bin.of(count, Scalar.intensity(value), value));
    } else {
      consumer.accept(Bin.of(count, value, value > 0 ? Scalar.exposure(value) : Double.NaN));
    }
  }

  private long zeroPatterns() {
    return count(0) + count(SIGN);
  }

  @Override
  void addTo(ExactSum sum) {
    if (exposures) {
      forEach(bin -> sum.add(bin.intensity(), bin.count()));
      return;
    }
    for (int number = 0; number < rows.length; number++) {
      long[] row = rows[number];
      for (int i = 0; row != null && i < ROW; i++) {
        if (row[i] > 0) {
          sum.add(value(number << ROW_BITS | i), row[i]);
        }
      }
    }
  }

  @Override
  long zeros() {
    return exposures ? negativeInfinities() : zeroPatterns();
  }

  @Override
  Range range() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double leastPositive = Double.POSITIVE_INFINITY;
    for (int pattern = 0; pattern <= 0xffff; pattern++) {
      if (count(pattern) > 0 && (exposures || (pattern & 0x7fff) != 0)) {
        double value = value(pattern);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        leastPositive = value > 0 ? Math.min(leastPositive, value) : leastPositive;
      }
    }
    return new Range(least, greatest, leastPositive);
  }

  @Override
  double width() {
    return 0;
  }

  @Override
  double widthStops() {
    return 0;
  }
}
