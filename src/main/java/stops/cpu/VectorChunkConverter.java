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
 * Converts chunks of float32 samples with the Vector API, block by block. Samples at the end that
 * do not fill a vector are converted in scratch memory, filled up with ordinary samples.
 */
final class VectorChunkConverter {
  /**
   * Samples of a block. The block is small enough to stay in the core's own caches until its
   * unfinished vectors are converted, and large enough to make starting on those cheap. Blocks of
   * 2048 samples take an eighth longer.
   */
  private static final int BLOCK_SAMPLES = 1 << 14;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Converts a block of a chunk, as {@link VectorBlockConverter#convert} does. */
  private interface BlockConversion {
    void convert(MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset);
  }

  private VectorChunkConverter() {}

  /**
   * Converts a chunk.
   *
   * @param conversion one that {@link Float32Scalar#fits}
   * @param chunk in native memory
   */
  static Tally convert(Conversion conversion, Chunk chunk) {
    Tally tally = new Tally(chunk.channels());
    long wholeSamples = chunk.samples() - chunk.samples() % VectorWidth.COUNT;
    int blockSamples = (int) Math.clamp(wholeSamples, VectorWidth.COUNT, BLOCK_SAMPLES);
    try (Arena arena = Arena.ofConfined()) {
      BlockConversion block =
          conversion.target() == SampleType.FLOAT16
              ? new HalfBlockConverter(conversion, blockSamples, arena)::convert
              : VectorBlockConverter.of(conversion, blockSamples, arena)::convert;
      boolean copied =
          chunk.source().asOverlappingSlice(chunk.target()).isPresent()
              && !isSameMemory(conversion, chunk);
      MemorySegment scratch =
          copied ? arena.allocate((long) Float.BYTES * blockSamples, 64) : MemorySegment.NULL;
      for (long at = 0; at < wholeSamples; at += blockSamples) {
        Chunk part = chunk.slice(conversion, at, Math.min(blockSamples, wholeSamples - at));
        MemorySegment source = part.source();
        if (copied) {
          source = scratch.asSlice(0, part.source().byteSize()).copyFrom(source);
        }
        block.convert(source, part.target(), tally, chunk, at);
      }
      if (wholeSamples < chunk.samples()) {
        Chunk rest = chunk.slice(conversion, wholeSamples, chunk.samples() - wholeSamples);
        MemorySegment source = arena.allocate((long) Float.BYTES * VectorWidth.COUNT, 64);
        MemorySegment target =
            arena.allocate((long) conversion.target().bytes() * VectorWidth.COUNT, 64);
        for (int i = 0; i < VectorWidth.COUNT; i++) {
          source.set(FLOAT, (long) Float.BYTES * i, 1);
        }
        MemorySegment.copy(rest.source(), 0, source, 0, rest.source().byteSize());
        block.convert(source, target, tally, chunk, wholeSamples);
        MemorySegment.copy(target, 0, rest.target(), 0, rest.target().byteSize());
      }
    }
    return tally;
  }

  /**
   * Whether source and target are the same memory, so that each result takes the place of its
   * sample. Overlapping memory that is not the same must be copied first.
   */
  private static boolean isSameMemory(Conversion conversion, Chunk chunk) {
    return conversion.target() == SampleType.FLOAT32
        && chunk.source().address() == chunk.target().address();
  }
}
