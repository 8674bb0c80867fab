package stops.cpu;

import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Tally;

/**
 * The vectors of a block in which the fast pass left some lane without a right result. They are
 * noted first, and classified and converted later.
 *
 * <p>The fast pass does not branch for them. The processor would mispredict each such branch, and
 * throw away work on the next vectors. The pass writes an entry for every vector, and moves on to
 * the next place in {@link #entries} only where some lane is not right. Positions are sample
 * indices in the block. Lanes of a vector are bits of an int.
 *
 * <p>Confined to one thread.
 */
final class UnfinishedVectors {
  /** Number of entries. */
  int count;

  /** For each entry, the vector's position times 2^16, plus the lanes whose results are right. */
  final int[] entries;

  /** Number of vectors with ordinary samples whose results are uncertain. */
  int uncertainCount;

  /** Their positions. */
  final int[] uncertain;

  /** Their uncertain lanes. */
  final int[] uncertainLanes;

  /** Number of vectors with special samples, which are anomalies. */
  int specialCount;

  /** Their positions. */
  final int[] special;

  /** Their special lanes. */
  final int[] specialLanes;

  /**
   * For each kind of anomaly, by its ordinal, and for each vector with special samples: the lanes
   * of that kind.
   */
  final int[][] anomalies;

  /**
   * Allocates room for all vectors of a block.
   *
   * @param blockSamples samples of the largest block, less than 2^15
   */
  UnfinishedVectors(int blockSamples) {
    int vectors = blockSamples / VectorWidth.COUNT + 1;
    entries = new int[vectors];
    uncertain = new int[vectors];
    uncertainLanes = new int[vectors];
    special = new int[vectors];
    specialLanes = new int[vectors];
    anomalies = new int[Anomaly.values().length][vectors];
  }

  /** Removes all entries. */
  void clear() {
    count = 0;
    uncertainCount = 0;
    specialCount = 0;
  }

  /** Adds an entry, with no right lane, for each vector of the first {@code samples} samples. */
  void addAll(long samples) {
    for (int position = 0; position < samples; position += VectorWidth.COUNT) {
      entries[count++] = position << 16;
    }
  }

  /**
   * Classifies entry {@code i} as uncertain, special, or both.
   *
   * @param notOrdinary lanes whose samples are not ordinary; those with a right result are not
   *     special
   */
  void classify(int i, int notOrdinary) {
    int position = entries[i] >>> 16;
    int right = entries[i] & VectorWidth.ALL;
    int specials = notOrdinary & ~right;
    int others = VectorWidth.ALL & ~(right | specials);
    uncertain[uncertainCount] = position;
    uncertainLanes[uncertainCount] = others;
    uncertainCount += -others >>> 31;
    special[specialCount] = position;
    specialLanes[specialCount] = specials;
    specialCount += -specials >>> 31;
  }

  /**
   * Adds the anomalies to {@code tally}.
   *
   * @param offset index in {@code chunk} of the block's first sample
   */
  void count(Tally tally, Chunk chunk, long offset) {
    int channels = chunk.channels();
    int period = Math.min(channels, VectorWidth.COUNT);
    int everyChannel = 0;
    for (int lane = 0; lane < VectorWidth.COUNT; lane += channels) {
      everyChannel |= 1 << lane;
    }
    for (Anomaly anomaly : Anomaly.values()) {
      int[] all = anomalies[anomaly.ordinal()];
      for (int i = 0; i < specialCount; i++) {
        int lanes = all[i];
        if (lanes == 0) {
          continue;
        }
        long first = offset + special[i];
        for (int lane = 0; lane < period; lane++) {
          int same = lanes & (everyChannel << lane);
          if (same != 0) {
            tally.add(
                chunk.channelOf(first + lane),
                anomaly,
                Integer.bitCount(same),
                first + Integer.numberOfTrailingZeros(same));
          }
        }
      }
    }
  }
}
