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

  /** Whether it matters which samples are rounded, not only how many. */
  boolean needPlaces() {
    return chunk.channels() > 1 || tally.count(0, Anomaly.ROUNDED) == 0;
  }

  /** Counts so many rounded samples, which do not {@link #needPlaces}. */
  void addRounded(int samples) {
    tally.add(0, Anomaly.ROUNDED, samples, Long.MAX_VALUE);
  }

  /**
   * Counts rounded samples of vectors.
   *
   * @param samples their number
   * @param lanes a bit for each, for each vector
   * @param width samples of a vector
   * @param index index of the first vector's first sample
   */
  void addRounded(int samples, int[] lanes, int width, long index) {
    boolean only = chunk.channels() == 1;
    int left = samples;
    for (int i = 0; left > 0; i++) {
      for (int rest = lanes[i]; rest != 0 && left > 0; rest &= rest - 1) {
        long at = index + (long) i * width + Integer.numberOfTrailingZeros(rest);
        int count = only ? samples : 1;
        tally.add(chunk.channelOf(at), Anomaly.ROUNDED, count, at);
        left -= count;
      }
    }
  }

  /** The counts so far. */
  Tally tally() {
    return tally;
  }
}
