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
  private final Tally tally;

  AdjustmentCounts(Adjustment adjustment, Chunk chunk) {
    this.adjustment = adjustment;
    this.chunk = chunk;
    counts = new AnomalyCounts(chunk);
    tally = new Tally(chunk.channels());
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
   * Counts rounded samples of a vector.
   *
   * @param lanes a bit for each
   * @param index index of the first lane's sample
   */
  void addRounded(int lanes, long index) {
    if (chunk.channels() == 1) {
      tally.add(
          0,
          Anomaly.ROUNDED,
          Integer.bitCount(lanes),
          index + Integer.numberOfTrailingZeros(lanes));
      return;
    }
    for (int rest = lanes; rest != 0; rest &= rest - 1) {
      counts.add(ROUNDED, index + Integer.numberOfTrailingZeros(rest));
    }
  }

  /** The counts so far. */
  Tally tally() {
    Tally all = counts.tally();
    all.add(tally, 0);
    return all;
  }
}
