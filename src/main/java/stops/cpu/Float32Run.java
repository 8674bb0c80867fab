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
 * A chunk of float32 on its way through a {@link Float32Loop}, block by block. What is no whole
 * vector goes through scratch memory, filled up with ordinary samples. Confined to one thread.
 */
final class Float32Run {
  /**
   * Samples of a block: what is postponed of one still lies in the core's own caches, and is so
   * much that turning to it costs little. Blocks of 2048 samples take an eighth longer.
   */
  private static final int BLOCK_SAMPLES = 1 << 14;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** What converts a block. */
  private interface Block {
    void convert(MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset);
  }

  private Float32Run() {}

  /**
   * Converts a chunk.
   *
   * @param conversion one that {@link Float32Scalar#fits}
   * @param chunk of native memory
   */
  static Tally convert(Conversion conversion, Chunk chunk) {
    Tally tally = new Tally(chunk.channels());
    long wholeSamples = chunk.samples() - chunk.samples() % VectorWidth.COUNT;
    int blockSamples = (int) Math.clamp(wholeSamples, VectorWidth.COUNT, BLOCK_SAMPLES);
    try (Arena arena = Arena.ofConfined()) {
      Block block =
          conversion.target() == SampleType.FLOAT16
              ? new HalfBlock(conversion, blockSamples, arena)::convert
              : Float32Loop.of(conversion, blockSamples, arena)::convert;
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

  /** Whether the loop may write where it reads: each result takes its sample's place. */
  private static boolean isSameMemory(Conversion conversion, Chunk chunk) {
    return conversion.target() == SampleType.FLOAT32
        && chunk.source().address() == chunk.target().address();
  }
}
