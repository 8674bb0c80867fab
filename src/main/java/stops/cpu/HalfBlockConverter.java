package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;

/**
 * Converts blocks of float32 samples to float16. The results are computed in float32 first, in
 * scratch memory, and then rounded to float16. A float32 result halfway between two float16 numbers
 * may come from rounding; such ties are computed again and rounded to odd. Confined to one thread.
 */
final class HalfBlockConverter {
  private final VectorBlockConverter floatConverter;
  private final MemorySegment floats;
  private final MemorySegment exact;
  private final int[] ties;
  private final int[] tieLanes;

  /**
   * Allocates scratch memory.
   *
   * @param conversion one that {@link Float32Scalar#fits}, to float16
   * @param blockSamples samples of the largest block, a whole number of vectors
   * @param arena owner of the scratch memory
   */
  HalfBlockConverter(Conversion conversion, int blockSamples, Arena arena) {
    floatConverter = VectorBlockConverter.of(conversion, blockSamples, arena);
    floats = arena.allocate((long) Float.BYTES * blockSamples, 64);
    exact = arena.allocate((long) Float.BYTES * blockSamples, 64);
    ties = new int[blockSamples / VectorWidth.COUNT + 1];
    tieLanes = new int[ties.length];
  }

  /**
   * Converts a block of samples.
   *
   * @param source native, a whole number of vectors of float32
   * @param target native, as many float16
   * @param tally receives the counts, with indices in {@code chunk}
   * @param chunk the chunk that the block is a part of
   * @param offset index in {@code chunk} of the block's first sample
   */
  void convert(MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset) {
    MemorySegment block = floats.asSlice(0, source.byteSize());
    floatConverter.convert(source, block, tally, chunk, offset);
    int count = HalfVectorRounding.round(block, target, ties, tieLanes);
    if (count > 0) {
      floatConverter.convertExactly(source, exact, ties, count, Rounding.ODD);
      HalfVectorRounding.roundAgain(block, exact, target, ties, tieLanes, count);
    }
  }
}
