package stops.stats;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;

/**
 * Finds the samples of given ranks among the finite samples of a channel, exactly, in several
 * passes. Samples have keys in the order of their values. The first pass counts the keys' first 16
 * bits; each later one the next bits of the keys that begin as a wanted one does.
 *
 * <p>{@link #add} is thread-safe. The other methods are called between passes.
 */
final class RankSearch {
  private static final int FIRST_BITS = 16;

  /** Bits of a later pass: many if there is memory for all their counts, else few. */
  private static final int MANY_BITS = 16;

  private static final int FEW_BITS = 8;

  private final @Nullable SampleType type;
  private final int keyBits;
  private final RowMemory memory;

  /** The number of keys for each value of the first bits. */
  private final long[] first = new long[1 << FIRST_BITS];

  /** For each beginning of a wanted key, the number of keys for each value of the next bits. */
  private final Map<Long, long[]> later = new HashMap<>();

  /** The first bits of the wanted keys. */
  private final BitSet wanted = new BitSet(1 << FIRST_BITS);

  private final TreeMap<Long, Target> targets = new TreeMap<>();
  private int known;
  private int laterBits = FEW_BITS;

  /** A rank, and what is known of its sample's key. */
  private static final class Target {
    /** The rank among the keys with the same beginning, from 1 on. */
    private long left;

    private long beginning;

    private Target(long left) {
      this.left = left;
    }

    /** Finds the next bits of the key. */
    private void descend(long[] counts, int bits) {
      int digit = 0;
      while (left > counts[digit]) {
        left -= counts[digit++];
      }
      beginning = beginning << bits | digit;
    }
  }

  /**
   * A search.
   *
   * @param type sample type, not float16; null for 32-bit unsigned integers
   */
  RankSearch(@Nullable SampleType type, RowMemory memory) {
    this.type = type;
    this.memory = memory;
    keyBits = type == SampleType.FLOAT64 ? Long.SIZE : Integer.SIZE;
    memory.take((long) first.length * Long.BYTES);
  }

  /** Counts samples of the present pass. */
  void add(SampleRuns samples, Scratch scratch) {
    if (type == SampleType.FLOAT64) {
      long[] block = scratch.longs;
      for (int read = samples.read(block); read > 0; read = samples.read(block)) {
        int kept = 0;
        for (int i = 0; i < read; i++) {
          if (Double.isFinite(Double.longBitsToDouble(block[i]))) {
            block[kept++] = block[i] ^ (block[i] >> 63 | Long.MIN_VALUE);
          }
        }
        count(block, kept);
      }
      return;
    }
    int[] bits = scratch.ints;
    long[] keys = scratch.longs;
    for (int read = samples.read(bits); read > 0; read = samples.read(bits)) {
      int kept = 0;
      for (int i = 0; i < read; i++) {
        if (type == null) {
          keys[kept++] = Integer.toUnsignedLong(bits[i]);
        } else if (Float.isFinite(Float.intBitsToFloat(bits[i]))) {
          keys[kept++] = Integer.toUnsignedLong(bits[i] ^ (bits[i] >> 31 | Integer.MIN_VALUE));
        }
      }
      count(keys, kept);
    }
  }

  private synchronized void count(long[] keys, int count) {
    int shift = keyBits - FIRST_BITS;
    if (known == 0) {
      for (int i = 0; i < count; i++) {
        first[(int) (keys[i] >>> shift)]++;
      }
      return;
    }
    int rest = keyBits - known;
    for (int i = 0; i < count; i++) {
      if (wanted.get((int) (keys[i] >>> shift))) {
        long[] counts = later.get(keys[i] >>> rest);
        if (counts != null) {
          counts[(int) (keys[i] >>> rest - laterBits) & (1 << laterBits) - 1]++;
        }
      }
    }
  }

  /** Ends the first pass, and says which ranks are wanted, each from 1 to the number of samples. */
  void want(Collection<Long> ranks) {
    for (long rank : new TreeSet<>(ranks)) {
      Target target = new Target(rank);
      target.descend(first, FIRST_BITS);
      wanted.set((int) target.beginning);
      targets.put(rank, target);
    }
    known = FIRST_BITS;
    prepare();
  }

  /** Ends a later pass. */
  void next() {
    for (Target target : targets.values()) {
      long[] counts = later.get(target.beginning);
      if (counts == null) {
        throw new IllegalStateException("no counts of a wanted key");
      }
      target.descend(counts, laterBits);
    }
    known += laterBits;
    prepare();
  }

  private void prepare() {
    memory.take(-later.size() * bytes(laterBits));
    later.clear();
    if (isDone()) {
      return;
    }
    Set<Long> beginnings = new HashSet<>();
    targets.values().forEach(target -> beginnings.add(target.beginning));
    laterBits = memory.hasRoom(beginnings.size() * bytes(MANY_BITS)) ? MANY_BITS : FEW_BITS;
    memory.take(beginnings.size() * bytes(laterBits));
    beginnings.forEach(beginning -> later.put(beginning, new long[1 << laterBits]));
  }

  private static long bytes(int bits) {
    return (long) Long.BYTES << bits;
  }

  /** Whether all wanted samples are known, so that no more pass is needed. */
  boolean isDone() {
    return targets.isEmpty() || known == keyBits;
  }

  /** The sample of a rank that was wanted. */
  double sample(long rank) {
    Target target = targets.get(rank);
    if (target == null || !isDone()) {
      throw new IllegalStateException("rank " + rank + " of " + targets.keySet());
    }
    long key = target.beginning;
    if (type == null) {
      return key;
    }
    if (type == SampleType.FLOAT64) {
      return Double.longBitsToDouble(key ^ (~key >> 63 | Long.MIN_VALUE)) + 0.0;
    }
    int key32 = (int) key;
    return Float.intBitsToFloat(key32 ^ (~key32 >> 31 | Integer.MIN_VALUE)) + 0.0;
  }
}
