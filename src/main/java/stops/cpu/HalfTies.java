package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Prepares float32 results that are rounded once more, to float16. One that lies halfway between
 * two float16 numbers may come from rounding, and rounding it again may then go the wrong way. Such
 * ties, and all results below the normal float16 numbers, are computed again and rounded to odd.
 * Confined to one thread.
 */
final class HalfTies {
  /** The bits that float32 has behind those of float16. */
  private static final int EXTRA_BITS = (1 << 13) - 1;

  private static final int TIE = 1 << 12;

  /** 2^-14, the least normal float16. */
  private static final int LEAST_NORMAL = (127 - 14) << 23;

  private static final int MAGNITUDE = 0x7fff_ffff;

  private final MemorySegment exact;
  private final int[] positions;
  private final int[] lanes;

  /**
   * Allocates scratch memory.
   *
   * @param blockSamples samples of the largest block, a whole number of vectors
   * @param arena owner of the scratch memory
   */
  HalfTies(int blockSamples, Arena arena) {
    exact = arena.allocate((long) Float.BYTES * blockSamples, 64);
    positions = new int[blockSamples / VectorWidth.COUNT + 1];
    lanes = new int[positions.length];
  }

  /**
   * Makes results of a block safe to be rounded again.
   *
   * @param source native, the samples, a whole number of vectors
   * @param results native, their results in float32
   * @param converter how they were computed
   */
  void settle(MemorySegment source, MemorySegment results, VectorBlockConverter converter) {
    int count = find(results);
    if (count > 0) {
      converter.convertExactly(source, exact, positions, count, Rounding.ODD);
      VectorBlockConverter.fill(results, exact, positions, lanes, count);
    }
  }

  private int find(MemorySegment results) {
    int samples = (int) (results.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(results);
    IntVector extra = VectorWidth.ints(EXTRA_BITS);
    IntVector tie = VectorWidth.ints(TIE);
    IntVector magnitude = VectorWidth.ints(MAGNITUDE);
    IntVector one = VectorWidth.ints(1);
    // Zero is above all, as an unsigned number.
    IntVector most = VectorWidth.ints(LEAST_NORMAL - 1);
    int count = 0;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      IntVector bits =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER)
              .reinterpretAsInts();
      VectorMask<Integer> doubtful =
          bits.and(extra)
              .compare(VectorOperators.EQ, tie)
              .or(bits.and(magnitude).sub(one).compare(VectorOperators.ULT, most));
      int found = (int) doubtful.toLong();
      positions[count] = i;
      lanes[count] = found;
      count += -found >>> 31;
    }
    return count;
  }
}
