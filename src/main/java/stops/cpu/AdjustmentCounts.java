package stops.cpu;

import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.math.Adjustment;

/**
 * Counts the float32 samples of a chunk that the opposite adjustment does not give again. Confined
 * to one thread.
 */
final class AdjustmentCounts {
  private static final int ROUNDED = AnomalyCounts.kind(Anomaly.ROUNDED);

  private final Adjustment adjustment;
  private final AnomalyCounts counts;
  private final Chunk chunk;
  private long rounded;
  private long firstRounded;

  AdjustmentCounts(Adjustment adjustment, Chunk chunk) {
    this.adjustment = adjustment;
    this.chunk = chunk;
    counts = new AnomalyCounts(chunk);
  }

  /** Counts sample {@code index} if it is an anomaly. */
  void add(int sample, int result, long index) {
    @Nullable Anomaly anomaly =
        adjustment.anomaly(Integer.toUnsignedLong(sample), Integer.toUnsignedLong(result));
    if (anomaly != null) {
      counts.add(AnomalyCounts.kind(anomaly), index);
    }
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
          counts.add(ROUNDED, index + i * width + Integer.numberOfTrailingZeros(rest));
        }
      }
      return;
    }
    int sum = 0;
    for (int i = 0; i < vectors; i++) {
      sum += Integer.bitCount(lanes[i]);
    }
    if (rounded == 0 && sum > 0) {
      int i = 0;
      while (lanes[i] == 0) {
        i++;
      }
      firstRounded = index + i * width + Integer.numberOfTrailingZeros(lanes[i]);
    }
    rounded += sum;
  }

  /** The counts so far. */
  Tally tally() {
    Tally all = counts.tally();
    all.add(0, Anomaly.ROUNDED, rounded, firstRounded);
    return all;
  }
}
