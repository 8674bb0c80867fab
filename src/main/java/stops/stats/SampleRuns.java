package stops.stats;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.LongAdder;
import stops.image.Plane;

/**
 * Reads the samples of one channel of a plane, or those of a rectangle in it, block by block as bit
 * patterns.
 */
final class SampleRuns {
  /** Samples of a block: its patterns, and the table's part in use, stay in the first cache. */
  static final int BLOCK = 2048;

  private static final ValueLayout.OfLong BITS64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment samples;
  private final int step;
  private final long rowSamples;
  private final long columns;
  private long rows;
  private long rowStart;
  private long at;
  private boolean filtered;
  private double leftOut;
  private LongAdder left = new LongAdder();

  /**
   * The samples of a rectangle.
   *
   * @param channel index of the channel among {@code step} interleaved ones
   * @param rowSamples samples of a row, all interleaved channels together
   * @param firstColumn first sample of each row, counted in samples of the channel
   */
  SampleRuns(
      MemorySegment samples,
      int channel,
      int step,
      long rowSamples,
      long firstRow,
      long rows,
      long firstColumn,
      long columns) {
    this.samples = samples;
    this.step = step;
    this.rowSamples = rowSamples;
    this.columns = columns;
    this.rows = columns == 0 ? 0 : rows;
    rowStart = firstRow * rowSamples + firstColumn * step + channel;
  }

  /** All samples of one of {@code step} interleaved channels, {@code count} of them. */
  static SampleRuns all(MemorySegment samples, int channel, int step, long count) {
    return new SampleRuns(samples, channel, step, 0, 0, 1, 0, count);
  }

  /**
   * Leaves out samples of this value, or of NaN.
   *
   * @param count is told how many
   */
  void leaveOut(double value, LongAdder count) {
    filtered = true;
    leftOut = value;
    left = count;
  }

  private boolean isLeftOut(double sample, double value) {
    boolean same = sample == value || Double.isNaN(sample) && Double.isNaN(value);
    if (same) {
      left.increment();
    }
    return same;
  }

  /** Samples in a row from the place reached on, at most {@code most}; 0 at the end. */
  private int run(int most) {
    if (rows > 0 && at == columns) {
      at = 0;
      rows--;
      rowStart += rowSamples;
    }
    return rows == 0 ? 0 : (int) Math.min(most, columns - at);
  }

  /** Reads float16 samples, and returns how many; 0 at the end. */
  int read(short[] block) {
    int read = fill(block);
    while (filtered && read > 0) {
      int kept = 0;
      for (int i = 0; i < read; i++) {
        if (!isLeftOut(
            Float.float16ToFloat(block[i]),
            Float.float16ToFloat(Float.floatToFloat16((float) leftOut)))) {
          block[kept++] = block[i];
        }
      }
      if (kept > 0) {
        return kept;
      }
      read = fill(block);
    }
    return read;
  }

  private int fill(short[] block) {
    int filled = 0;
    for (int run = run(BLOCK); run > 0; run = run(BLOCK - filled)) {
      long first = rowStart + at * step;
      if (step == 1) {
        MemorySegment.copy(samples, Plane.FLOAT16, first * 2, block, filled, run);
      } else {
        for (int i = 0; i < run; i++) {
          block[filled + i] = samples.get(Plane.FLOAT16, (first + (long) i * step) * 2);
        }
      }
      at += run;
      filled += run;
    }
    return filled;
  }

  /** Reads float32 samples or 32-bit integers, and returns how many; 0 at the end. */
  int read(int[] block) {
    int read = fill(block);
    while (filtered && read > 0) {
      int kept = 0;
      for (int i = 0; i < read; i++) {
        if (!isLeftOut(Float.intBitsToFloat(block[i]), (float) leftOut)) {
          block[kept++] = block[i];
        }
      }
      if (kept > 0) {
        return kept;
      }
      read = fill(block);
    }
    return read;
  }

  private int fill(int[] block) {
    int filled = 0;
    for (int run = run(BLOCK); run > 0; run = run(BLOCK - filled)) {
      long first = rowStart + at * step;
      if (step == 1) {
        MemorySegment.copy(samples, Plane.UINT32, first * 4, block, filled, run);
      } else {
        for (int i = 0; i < run; i++) {
          block[filled + i] = samples.get(Plane.UINT32, (first + (long) i * step) * 4);
        }
      }
      at += run;
      filled += run;
    }
    return filled;
  }

  /** Reads float64 samples, and returns how many; 0 at the end. */
  int read(long[] block) {
    int read = fill(block);
    while (filtered && read > 0) {
      int kept = 0;
      for (int i = 0; i < read; i++) {
        if (!isLeftOut(Double.longBitsToDouble(block[i]), leftOut)) {
          block[kept++] = block[i];
        }
      }
      if (kept > 0) {
        return kept;
      }
      read = fill(block);
    }
    return read;
  }

  private int fill(long[] block) {
    int filled = 0;
    for (int run = run(BLOCK); run > 0; run = run(BLOCK - filled)) {
      long first = rowStart + at * step;
      if (step == 1) {
        MemorySegment.copy(samples, BITS64, first * 8, block, filled, run);
      } else {
        for (int i = 0; i < run; i++) {
          block[filled + i] = samples.get(BITS64, (first + (long) i * step) * 8);
        }
      }
      at += run;
      filled += run;
    }
    return filled;
  }
}
