package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * Converts chunks with the Vector API, block by block. The loops work on float32 in native memory.
 * Samples and results of other types, or in arrays, go through scratch memory that stays in the
 * core's own caches. So do samples at the end that do not fill a vector, with ordinary samples
 * behind them.
 *
 * <p>Confined to one thread.
 */
final class VectorChunkConverter {
  /**
   * Samples of a block. The block is small enough to stay in the core's own caches until its
   * unfinished vectors are converted, and large enough to make starting on those cheap. Blocks of
   * 2048 samples take an eighth longer.
   */
  private static final int BLOCK_SAMPLES = 1 << 14;

  /** A sample that is ordinary as intensity and as exposure. */
  private static final float FILLER = 1;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Chunk chunk;
  private final boolean halfSource;
  private final boolean halfTarget;
  private final boolean sourceCopied;
  private final boolean targetCopied;
  private final Tally tally;
  private final VectorBlockConverter floatBlock;
  private final MemorySegment source;
  private final MemorySegment target;
  private final float[] floats;
  private final short[] halves;
  private final HalfTies ties;

  private VectorChunkConverter(Conversion conversion, Chunk chunk, int blockSamples, Arena arena) {
    this.chunk = chunk;
    halfSource = conversion.source() == SampleType.FLOAT16;
    halfTarget = conversion.target() == SampleType.FLOAT16;
    sourceCopied = halfSource || !chunk.source().isNative();
    targetCopied = halfTarget || !chunk.target().isNative();
    tally = new Tally(chunk.channels());
    floatBlock = VectorBlockConverter.of(conversion, blockSamples, arena);
    long bytes = (long) Float.BYTES * blockSamples;
    source = arena.allocate(bytes, 64);
    target = arena.allocate(bytes, 64);
    floats = new float[halfSource || halfTarget ? blockSamples : 0];
    halves = new short[floats.length];
    ties = new HalfTies(halfTarget ? blockSamples : 0, arena);
  }

  /** Whether {@code conversion} is a map from float16 or float32 to one of these, without gain. */
  static boolean fits(Conversion conversion) {
    return conversion.source() != SampleType.FLOAT64
        && conversion.target() != SampleType.FLOAT64
        && conversion.gainStops() == 0
        && !conversion.direction().adjusts();
  }

  /** Converts a chunk in any memory by a conversion that {@link #fits}. */
  static Tally convert(Conversion conversion, Chunk chunk) {
    long vectors = Math.ceilDiv(chunk.samples(), VectorWidth.COUNT);
    int blockSamples =
        (int) Math.clamp(vectors * VectorWidth.COUNT, VectorWidth.COUNT, BLOCK_SAMPLES);
    try (Arena arena = Arena.ofConfined()) {
      VectorChunkConverter converter =
          new VectorChunkConverter(conversion, chunk, blockSamples, arena);
      for (long at = 0; at < chunk.samples(); at += blockSamples) {
        int count = (int) Math.min(blockSamples, chunk.samples() - at);
        converter.convert(chunk.slice(conversion, at, count), at, count);
      }
      return converter.tally;
    }
  }

  /** Converts a block. */
  private void convert(Chunk part, long at, int count) {
    boolean whole = count % VectorWidth.COUNT == 0;
    boolean read = sourceCopied || !whole;
    MemorySegment from = read ? read(part, count) : part.source();
    MemorySegment to = part.target();
    if (targetCopied || !whole) {
      // Ties need the samples once more.
      to = read && !halfTarget ? from : target.asSlice(0, from.byteSize());
    }
    floatBlock.convert(from, to, tally, chunk, at);
    if (halfTarget) {
      ties.settle(from, to, floatBlock);
      MemorySegment.copy(to, FLOAT, 0, floats, 0, count);
      narrow(floats, halves, count);
      MemorySegment.copy(halves, 0, part.target(), SHORT, 0, count);
    } else if (targetCopied || !whole) {
      MemorySegment.copy(to, 0, part.target(), 0, part.target().byteSize());
    }
  }

  /** Copies the samples of a block to scratch memory, as whole vectors of float32. */
  private MemorySegment read(Chunk part, int count) {
    if (halfSource) {
      MemorySegment.copy(part.source(), SHORT, 0, halves, 0, count);
      widen(halves, floats, count);
      MemorySegment.copy(floats, 0, source, FLOAT, 0, count);
    } else {
      MemorySegment.copy(part.source(), 0, source, 0, part.source().byteSize());
    }
    int filled = Math.ceilDiv(count, VectorWidth.COUNT) * VectorWidth.COUNT;
    for (int i = count; i < filled; i++) {
      source.set(FLOAT, (long) Float.BYTES * i, FILLER);
    }
    return source.asSlice(0, (long) Float.BYTES * filled);
  }

  /** Java compiles this to vector instructions by itself, as it does {@link #narrow}. */
  private static void widen(short[] halves, float[] floats, int count) {
    for (int i = 0; i < count; i++) {
      floats[i] = Float.float16ToFloat(halves[i]);
    }
  }

  private static void narrow(float[] floats, short[] halves, int count) {
    for (int i = 0; i < count; i++) {
      halves[i] = Float.floatToFloat16(floats[i]);
    }
  }
}
