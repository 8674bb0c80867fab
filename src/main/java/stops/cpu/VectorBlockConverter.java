package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;

/**
 * Converts blocks of float32 samples to float32 with the Vector API, without gain, in two passes.
 *
 * <p>The fast pass computes in pairs of float32, on all lanes, with a known bound of the error. A
 * result is right if both ends of that bound round to the same number. The exact pass computes the
 * other samples again in double: about one in a thousand, and all outside the fast pass's range.
 * Anomalies are classified, counted and replaced only in vectors that have one.
 *
 * <p>Confined to one thread.
 */
abstract sealed class VectorBlockConverter permits Float32Exposure, Float32Intensity {
  private final UnfinishedVectors unfinished;
  private final MemorySegment exact;

  /**
   * Allocates scratch memory.
   *
   * @param blockSamples samples of the largest block, a whole number of vectors
   * @param arena owner of the scratch memory
   */
  VectorBlockConverter(int blockSamples, Arena arena) {
    unfinished = new UnfinishedVectors(blockSamples);
    exact = arena.allocate((long) Float.BYTES * blockSamples, 64);
  }

  /**
   * The converter for a conversion.
   *
   * @param conversion one that {@link Float32Scalar#fits}
   * @param blockSamples samples of the largest block, a whole number of vectors
   * @param arena owner of the scratch memory
   */
  static VectorBlockConverter of(Conversion conversion, int blockSamples, Arena arena) {
    return switch (conversion.direction()) {
      case TO_EXPOSURE -> new Float32Exposure(conversion, blockSamples, arena);
      case TO_INTENSITY -> new Float32Intensity(conversion, blockSamples, arena);
      case SCALE, SHIFT -> throw new IllegalArgumentException("no map: " + conversion);
    };
  }

  /**
   * Converts a block of samples to float32, also if the conversion's target type is float16. Counts
   * the anomalies of the target type.
   *
   * @param source native, a whole number of vectors
   * @param target native, as large; the same memory, or memory that does not overlap
   * @param tally receives the counts, with indices in {@code chunk}
   * @param chunk the chunk that the block is a part of
   * @param offset index in {@code chunk} of the block's first sample
   */
  final void convert(
      MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset) {
    unfinished.clear();
    if (VectorWidth.HAVE_TABLES) {
      convertFast(source, target, unfinished);
    } else {
      unfinished.addAll(source.byteSize() / Float.BYTES);
    }
    if (unfinished.count == 0) {
      return;
    }
    classify(source, unfinished);
    convertExactly(
        source, exact, unfinished.uncertain, unfinished.uncertainCount, Rounding.NEAREST);
    fill(target, exact, unfinished.uncertain, unfinished.uncertainLanes, unfinished.uncertainCount);
    if (unfinished.specialCount > 0) {
      convertSpecial(source, target, unfinished);
      unfinished.count(tally, chunk, offset);
    }
  }

  /**
   * Copies some lanes of some vectors.
   *
   * @param positions index of each vector's first sample, in both blocks
   * @param lanes the lanes to copy of each vector, a bit each
   */
  static void fill(
      MemorySegment target, MemorySegment exact, int[] positions, int[] lanes, int count) {
    MemorySegment from = VectorWidth.nativeSegment(exact);
    MemorySegment to = VectorWidth.nativeSegment(target);
    for (int i = 0; i < count; i++) {
      long at = (long) Float.BYTES * positions[i];
      FloatVector result =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, from, at, VectorWidth.ORDER);
      FloatVector.fromMemorySegment(VectorWidth.FLOATS, to, at, VectorWidth.ORDER)
          .blend(result, VectorMask.fromLong(VectorWidth.FLOATS, lanes[i]))
          .intoMemorySegment(to, at, VectorWidth.ORDER);
    }
  }

  /**
   * The fast pass: converts ordinary samples, and adds an entry for each vector in which not every
   * result is right. A lane without a right result receives its sample.
   */
  abstract void convertFast(
      MemorySegment source, MemorySegment target, UnfinishedVectors unfinished);

  /** Classifies every entry. */
  abstract void classify(MemorySegment source, UnfinishedVectors unfinished);

  /**
   * The exact pass: converts some vectors of ordinary samples to float32.
   *
   * @param positions index of each vector's first sample
   */
  abstract void convertExactly(
      MemorySegment source, MemorySegment target, int[] positions, int count, Rounding rounding);

  /**
   * Converts the special samples of the vectors that have some, and notes which anomaly each is.
   */
  abstract void convertSpecial(
      MemorySegment source, MemorySegment target, UnfinishedVectors unfinished);
}
