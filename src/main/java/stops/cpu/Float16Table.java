package stops.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Definition;

/**
 * Converts float16 samples by a table of the results of all 65,536 bit patterns. For float16 and
 * float32 results, an entry is computed when its sample first occurs: a picture has a few thousand
 * different ones. For float64 results, all entries are computed at the beginning.
 *
 * <p>Thread-safe: an entry is one long, which 64-bit systems read and write as a whole, and all
 * threads compute the same entry.
 */
final class Float16Table {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int SIZE = 1 << Short.SIZE;

  /**
   * Samples of a block. Blocks are copied to arrays, which is faster than reading single samples
   * from memory segments.
   */
  private static final int BLOCK_SAMPLES = 1 << 10;

  /** Position of the sample's {@link AnomalyCounts#kind} in an entry. The result is below it. */
  private static final int KIND_SHIFT = Integer.SIZE;

  /** Flag of an entry that was computed. */
  private static final long COMPUTED = Long.MIN_VALUE;

  /**
   * Flag in the upper half of an entry whose sample is rounded, in the place of its kind. Many
   * samples of an adjustment are, so that they are counted on the way.
   */
  private static final int ROUNDED = 1 << 8;

  private static final int ROUNDED_KIND = AnomalyCounts.kind(Anomaly.ROUNDED);

  /** Upper half of an entry that was computed and is no anomaly. */
  private static final int ORDINARY = (int) (COMPUTED >>> KIND_SHIFT);

  private final SampleType target;
  private final Definition definition;
  private final long[] entries = new long[SIZE];

  /** Float64 results, which do not fit in the entries; empty for other targets. */
  private final long[] longResults;

  /** The table of {@code conversion}, whose source is float16. */
  Float16Table(Conversion conversion) {
    target = conversion.target();
    definition = new Definition(conversion);
    longResults = new long[target == SampleType.FLOAT64 ? SIZE : 0];
    for (int bits = 0; bits < longResults.length; bits++) {
      entries[bits] = newEntry(bits);
      longResults[bits] = definition.convertBits(bits);
    }
  }

  /** Converts {@code chunk}. */
  Tally convert(Chunk chunk) {
    AnomalyCounts counts = new AnomalyCounts(chunk);
    switch (target) {
      case FLOAT16 -> toFloat16(chunk, counts);
      case FLOAT32 -> toFloat32(chunk, counts);
      case FLOAT64 -> toFloat64(chunk, counts);
    }
    return counts.tally();
  }

  private void toFloat16(Chunk chunk, AnomalyCounts counts) {
    short[] samples = new short[BLOCK_SAMPLES];
    int[] found = new int[BLOCK_SAMPLES];
    short[] results = new short[BLOCK_SAMPLES];
    for (long at = 0; at < chunk.samples(); at += BLOCK_SAMPLES) {
      int count = convert(chunk, at, samples, found, counts);
      narrow(found, results);
      MemorySegment.copy(results, 0, chunk.target(), SHORT, at * Short.BYTES, count);
    }
  }

  private void toFloat32(Chunk chunk, AnomalyCounts counts) {
    short[] samples = new short[BLOCK_SAMPLES];
    int[] results = new int[BLOCK_SAMPLES];
    for (long at = 0; at < chunk.samples(); at += BLOCK_SAMPLES) {
      int count = convert(chunk, at, samples, results, counts);
      MemorySegment.copy(results, 0, chunk.target(), INT, at * Integer.BYTES, count);
    }
  }

  private void toFloat64(Chunk chunk, AnomalyCounts counts) {
    short[] samples = new short[BLOCK_SAMPLES];
    int[] found = new int[BLOCK_SAMPLES];
    long[] results = new long[BLOCK_SAMPLES];
    for (long at = 0; at < chunk.samples(); at += BLOCK_SAMPLES) {
      int count = convert(chunk, at, samples, found, counts);
      for (int i = 0; i < count; i++) {
        results[i] = longResults[Short.toUnsignedInt(samples[i])];
      }
      MemorySegment.copy(results, 0, chunk.target(), LONG, at * Long.BYTES, count);
    }
  }

  /** Reads a block and looks up the results of its samples. Returns the number of samples. */
  private int convert(Chunk chunk, long at, short[] samples, int[] results, AnomalyCounts counts) {
    int count = (int) Math.min(BLOCK_SAMPLES, chunk.samples() - at);
    MemorySegment.copy(chunk.source(), SHORT, at * Short.BYTES, samples, 0, count);
    int rounded = look(samples, results, count);
    if (rounded < 0 || (rounded > 0 && chunk.channels() > 1)) {
      for (int i = 0; i < count; i++) {
        results[i] = (int) counted(Short.toUnsignedInt(samples[i]), at + i, counts);
      }
    } else if (rounded > 0) {
      counts.add(ROUNDED_KIND, rounded, at + firstRounded(samples));
    }
    return count;
  }

  /** Index of the first rounded sample of a block that has one. */
  private int firstRounded(short[] samples) {
    int i = 0;
    while (((int) (entries[Short.toUnsignedInt(samples[i])] >>> KIND_SHIFT) & ROUNDED) == 0) {
      i++;
    }
    return i;
  }

  /**
   * Looks up results, and returns the number of rounded samples. Returns −1 if any of the samples
   * is another anomaly or has no entry yet; its result is then missing or not counted.
   */
  private int look(short[] samples, int[] results, int count) {
    int different = 0;
    int rounded = 0;
    for (int i = 0; i < count; i++) {
      long entry = entries[Short.toUnsignedInt(samples[i])];
      results[i] = (int) entry;
      int upper = (int) (entry >>> KIND_SHIFT);
      different |= upper ^ ORDINARY;
      rounded += upper & ROUNDED;
    }
    return (different & ~ROUNDED) == 0 ? rounded / ROUNDED : -1;
  }

  private static void narrow(int[] wide, short[] narrow) {
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      narrow[i] = (short) wide[i];
    }
  }

  /** The entry of a sample, computed if it is missing. Counts the sample if it is an anomaly. */
  private long counted(int bits, long index, AnomalyCounts counts) {
    long entry = entries[bits];
    return (int) (entry >>> KIND_SHIFT) == ORDINARY ? entry : unusual(entry, bits, index, counts);
  }

  /** Computes the entry if it is missing. Counts sample {@code index} if it is an anomaly. */
  private long unusual(long found, int bits, long index, AnomalyCounts counts) {
    long entry = found;
    if (entry == 0) {
      entry = newEntry(bits);
      entries[bits] = entry;
    }
    int kind = (int) ((entry & ~COMPUTED) >>> KIND_SHIFT);
    if (kind != 0) {
      counts.add(kind == ROUNDED ? ROUNDED_KIND : kind, index);
    }
    return entry;
  }

  private long newEntry(int bits) {
    long result = definition.convertBits(bits);
    int found = AnomalyCounts.kind(definition.anomalyOfBits(bits, result));
    long kind = found == ROUNDED_KIND ? ROUNDED : found;
    return COMPUTED | kind << KIND_SHIFT | result & 0xffffffffL;
  }
}
