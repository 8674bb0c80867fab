package stops.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Tally;

/** Counts a chunk's anomalies sample by sample, from first to last. Confined to one thread. */
final class AnomalyCounts {
  private static final Anomaly[] ANOMALIES = Anomaly.values();

  private final Chunk chunk;
  private final int channels;
  private final long[] counts;
  private final long[] firsts;

  AnomalyCounts(Chunk chunk) {
    this.chunk = chunk;
    channels = chunk.channels();
    counts = new long[channels * (ANOMALIES.length + 1)];
    firsts = new long[counts.length];
    Arrays.fill(firsts, -1);
  }

  /** The kind of {@code anomaly}: its ordinal plus 1, or 0 for none. */
  static int kind(@Nullable Anomaly anomaly) {
    return anomaly == null ? 0 : anomaly.ordinal() + 1;
  }

  /** Notes that sample {@code index} of the chunk is of {@code kind}, which is not 0. */
  void add(int kind, long index) {
    int at = kind * channels + (channels == 1 ? 0 : chunk.channelOf(index));
    if (counts[at]++ == 0) {
      firsts[at] = index;
    }
  }

  /**
   * Notes that several samples of the chunk's only channel are of {@code kind}.
   *
   * @param first index of the first of them
   */
  void add(int kind, int count, long first) {
    if (counts[kind] == 0) {
      firsts[kind] = first;
    }
    counts[kind] += count;
  }

  /** The counts so far. */
  Tally tally() {
    Tally tally = new Tally(channels);
    for (int i = channels; i < counts.length; i++) {
      tally.add(i % channels, ANOMALIES[i / channels - 1], counts[i], firsts[i]);
    }
    return tally;
  }
}
