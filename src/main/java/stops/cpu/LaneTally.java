package stops.cpu;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Tally;

/**
 * Anomalies of a block of samples, counted in vectors.
 *
 * <p>A vector's lanes belong to interleaved channels, and which ones changes from vector to vector
 * with a period of as many vectors as there are channels. So each anomaly has that many vectors of
 * counters, and of first vectors; {@link #addTo} adds up what belongs to a channel.
 */
final class LaneTally {
  private static final Anomaly[] ANOMALIES = Anomaly.values();

  private final int channels;
  private final int[] counts;
  private final int[] firsts;
  private boolean empty = true;

  /** An empty tally of {@code channels} interleaved channels. */
  LaneTally(int channels) {
    this.channels = channels;
    this.counts = new int[ANOMALIES.length * channels * Lanes.COUNT];
    this.firsts = new int[counts.length];
    Arrays.fill(firsts, Integer.MAX_VALUE);
  }

  /** Notes {@code anomaly} in those lanes of the block's vector number {@code vector}. */
  void add(Anomaly anomaly, int vector, VectorMask<Integer> lanes) {
    if (lanes.anyTrue()) {
      int at = (anomaly.ordinal() * channels + vector % channels) * Lanes.COUNT;
      IntVector.fromArray(Lanes.INTS, counts, at).add(1, lanes).intoArray(counts, at);
      IntVector.fromArray(Lanes.INTS, firsts, at)
          .lanewise(VectorOperators.MIN, vector, lanes)
          .intoArray(firsts, at);
      empty = false;
    }
  }

  /** Adds what was counted in the block that begins at sample {@code offset} and forgets it. */
  void addTo(Tally tally, Chunk chunk, long offset) {
    if (empty) {
      return;
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        int lane = i % Lanes.COUNT;
        int phase = i / Lanes.COUNT % channels;
        Anomaly anomaly = ANOMALIES[i / Lanes.COUNT / channels];
        int channel = chunk.channelOf(offset + (long) phase * Lanes.COUNT + lane);
        tally.add(channel, anomaly, counts[i], offset + (long) firsts[i] * Lanes.COUNT + lane);
      }
    }
    Arrays.fill(counts, 0);
    Arrays.fill(firsts, Integer.MAX_VALUE);
    empty = true;
  }
}
