package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;

/**
 * A conversion of float32 samples to float32 or float16, without gain, in vectors.
 *
 * <p>A fast loop computes in pairs of float32, on all lanes, and knows a bound of its error: where
 * the result rounds to the same number at both ends of that bound, it is right. The rest, one
 * sample in a thousand or so, is computed again in double, and so is what lies outside the fast
 * loop's range. Anomalies are told apart, counted and replaced only in vectors that have one.
 *
 * <p>Confined to one thread.
 */
abstract sealed class Float32Loop permits Float32Exposure, Float32Intensity {
  private final Postponed postponed;
  private final MemorySegment exact;

  /**
   * A loop for blocks.
   *
   * @param blockSamples samples of the largest block it will be given, a whole number of vectors
   * @param arena gives scratch memory, until it is closed
   */
  Float32Loop(int blockSamples, Arena arena) {
    postponed = new Postponed(blockSamples);
    exact = arena.allocate((long) Float.BYTES * blockSamples, 64);
  }

  /**
   * The loop for {@code conversion}, which {@link Float32Scalar#fits}, and blocks of at most so
   * many samples, with scratch memory of {@code arena}.
   */
  static Float32Loop of(Conversion conversion, int blockSamples, Arena arena) {
    return switch (conversion.direction()) {
      case TO_EXPOSURE -> new Float32Exposure(conversion, blockSamples, arena);
      case TO_INTENSITY -> new Float32Intensity(conversion, blockSamples, arena);
    };
  }

  /**
   * Converts a block of samples to float32, whatever the conversion's target type, and counts what
   * is an anomaly in that.
   *
   * @param source native, a whole number of vectors
   * @param target native, as large; the same memory, or memory that does not overlap
   * @param tally counts by the indices of {@code chunk}
   * @param chunk what the block is a part of
   * @param offset where the block begins in {@code chunk}, in samples
   */
  final void convert(
      MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset) {
    postponed.clear();
    if (VectorWidth.HAVE_TABLES) {
      convertFast(source, target, postponed);
    } else {
      postponed.addAll(source.byteSize() / Float.BYTES);
    }
    if (postponed.count == 0) {
      return;
    }
    file(source, postponed);
    convertExactly(source, exact, postponed.wrong, postponed.wrongCount, Rounding.NEAREST);
    fill(target, exact, postponed.wrong, postponed.wrongLanes, postponed.wrongCount);
    if (postponed.specialCount > 0) {
      convertSpecial(source, target, postponed);
      postponed.count(tally, chunk, offset);
    }
  }

  /**
   * Copies some lanes of some vectors.
   *
   * @param positions where each vector begins in either block, in samples
   * @param lanes which of its lanes
   */
  private static void fill(
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
   * Converts ordinary samples, and makes entries for vectors in which not every result is right.
   * Where one is not, the target gets the sample itself.
   */
  abstract void convertFast(MemorySegment source, MemorySegment target, Postponed postponed);

  /** Files every entry. */
  abstract void file(MemorySegment source, Postponed postponed);

  /**
   * Converts some vectors of ordinary samples to float32.
   *
   * @param positions where each begins, in samples
   */
  abstract void convertExactly(
      MemorySegment source, MemorySegment target, int[] positions, int count, Rounding rounding);

  /** Converts the special samples of the vectors filed as special, and tells them apart. */
  abstract void convertSpecial(MemorySegment source, MemorySegment target, Postponed postponed);
}
