package stops.cpu;

import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Tally;

/**
 * Counts the float32 samples of a chunk that the opposite adjustment does not give again, in any
 * order. Confined to one thread.
 */
final class AdjustmentCounts {
  private static final int SIGN = 0x8000_0000;
  private static final int INFINITY = 0x7f80_0000;

  private final boolean scales;
  private final Chunk chunk;
  private final Tally tally;

  /**
   * No counts.
   *
   * @param scales whether samples are multiplied
   */
  AdjustmentCounts(boolean scales, Chunk chunk) {
    this.scales = scales;
    this.chunk = chunk;
    tally = new Tally(chunk.channels());
  }

  /**
   * Counts sample {@code index}, which is lost.
   *
   * @param result its result, as bits
   */
  void addLost(int result, long index) {
    int size = result & ~SIGN;
    tally.add(
        chunk.channelOf(index),
        size == INFINITY
            ? Anomaly.OVERFLOW
            : scales && size == 0 ? Anomaly.UNDERFLOW : Anomaly.ROUNDED,
        index);
  }

  /**
   * Counts rounded samples of vectors.
   *
   * @param lanes a bit for each, for each vector
   * @param vectors number of vectors
   * @param width samples of a vector
   * @param index index of the first vector's first sample
   */
  void addRounded(int[] lanes, int vectors, int width, long index) {
    if (chunk.channels() > 1) {
      for (int i = 0; i < vectors; i++) {
        for (int rest = lanes[i]; rest != 0; rest &= rest - 1) {
          long at = index + (long) i * width + Integer.numberOfTrailingZeros(rest);
          tally.add(chunk.channelOf(at), Anomaly.ROUNDED, at);
        }
      }
      return;
    }
    int sum = 0;
    for (int i = 0; i < vectors; i++) {
      sum += Integer.bitCount(lanes[i]);
    }
    if (sum > 0) {
      int i = 0;
      while (lanes[i] == 0) {
        i++;
      }
      long first = index + (long) i * width + Integer.numberOfTrailingZeros(lanes[i]);
      tally.add(0, Anomaly.ROUNDED, sum, first);
    }
  }

  /** The counts so far. */
  Tally tally() {
    return tally;
  }
}
