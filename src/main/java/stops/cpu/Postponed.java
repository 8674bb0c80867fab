package stops.cpu;

import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Tally;

/**
 * What the fast loop over a block leaves for later: vectors in which not every lane is right yet.
 *
 * <p>The loop does not branch for them: the processor would guess wrong each time, notice late, and
 * throw away what it had begun of the next vectors. It writes an entry for every vector, and goes
 * on to the next place only where some lane is wrong. Positions are in samples from the block's
 * beginning; lanes of a vector are bits.
 *
 * <p>Confined to one thread.
 */
final class Postponed {
  /** How many vectors have entries. */
  int count;

  /** For each vector, its position times 2^16, and the lanes whose results are right. */
  final int[] entries;

  /** How many vectors have ordinary samples whose results are wrong. */
  int wrongCount;

  /** Position of each. */
  final int[] wrong;

  /** The lanes of each that are wrong. */
  final int[] wrongLanes;

  /** How many vectors have special samples: anomalies. */
  int specialCount;

  /** Position of each. */
  final int[] special;

  /** The lanes of each that are special. */
  final int[] specialLanes;

  /**
   * For each kind of anomaly of this direction, and each vector with special samples: its lanes.
   */
  final int[][] anomalies;

  /** Room for a block of {@code blockSamples} samples, less than 2^15, should none be right. */
  Postponed(int blockSamples) {
    int vectors = blockSamples / VectorWidth.COUNT + 1;
    entries = new int[vectors];
    wrong = new int[vectors];
    wrongLanes = new int[vectors];
    special = new int[vectors];
    specialLanes = new int[vectors];
    anomalies = new int[Anomaly.values().length][vectors];
  }

  /** Forgets all. */
  void clear() {
    count = 0;
    wrongCount = 0;
    specialCount = 0;
  }

  /** Makes entries for all vectors of so many samples. */
  void addAll(long samples) {
    for (int position = 0; position < samples; position += VectorWidth.COUNT) {
      entries[count++] = position << 16;
    }
  }

  /**
   * Files entry {@code i} under wrong, special, or both.
   *
   * @param notOrdinary lanes whose samples are special; those that are right already do not count
   */
  void file(int i, int notOrdinary) {
    int position = entries[i] >>> 16;
    int right = entries[i] & VectorWidth.ALL;
    int specials = notOrdinary & ~right;
    int wrongs = VectorWidth.ALL & ~(right | specials);
    wrong[wrongCount] = position;
    wrongLanes[wrongCount] = wrongs;
    wrongCount += -wrongs >>> 31;
    special[specialCount] = position;
    specialLanes[specialCount] = specials;
    specialCount += -specials >>> 31;
  }

  /**
   * Adds the anomalies to {@code tally}.
   *
   * @param offset where the block begins in {@code chunk}, in samples
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
