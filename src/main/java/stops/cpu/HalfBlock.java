package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;

/**
 * A block on its way through a {@link Float32Loop} to float16: by way of float32 in scratch memory,
 * where ties are converted again, since what was rounded to become one must not be rounded again.
 * Confined to one thread.
 */
final class HalfBlock {
  private final Float32Loop loop;
  private final MemorySegment floats;
  private final MemorySegment exact;
  private final int[] ties;
  private final int[] tieLanes;

  /** Scratch memory for blocks of {@code conversion}, of at most {@code blockSamples} samples. */
  HalfBlock(Conversion conversion, int blockSamples, Arena arena) {
    loop = Float32Loop.of(conversion, blockSamples, arena);
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
   * @param tally counts by the indices of {@code chunk}
   * @param chunk what the block is a part of
   * @param offset where the block begins in {@code chunk}, in samples
   */
  void convert(MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset) {
    MemorySegment block = floats.asSlice(0, source.byteSize());
    loop.convert(source, block, tally, chunk, offset);
    int count = HalfLanes.round(block, target, ties, tieLanes);
    if (count > 0) {
      loop.convertExactly(source, exact, ties, count, Rounding.ODD);
      HalfLanes.roundAgain(block, exact, target, ties, tieLanes, count);
    }
  }
}
