package stops.cpu;

import java.lang.foreign.MemorySegment;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
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

  /**
   * A loop for blocks.
   *
   * @param blockSamples samples of the largest block it will be given, a whole number of vectors
   */
  Float32Loop(int blockSamples) {
    postponed = new Postponed(blockSamples);
  }

  /** Whether there is a loop for {@code conversion}. */
  static boolean fits(Conversion conversion) {
    return conversion.source() == SampleType.FLOAT32
        && conversion.target() != SampleType.FLOAT64
        && conversion.gainStops() == 0;
  }

  /**
   * The loop for {@code conversion}, which {@link #fits}, and blocks of at most so many samples.
   */
  static Float32Loop of(Conversion conversion, int blockSamples) {
    return switch (conversion.direction()) {
      case TO_EXPOSURE -> new Float32Exposure(conversion, blockSamples);
      case TO_INTENSITY -> new Float32Intensity(conversion, blockSamples);
    };
  }

  /**
   * Converts a block of samples to float32, whatever the conversion's target type, and counts what
   * is an anomaly in that.
   *
   * @param source native, a whole number of vectors
   * @param target native, as large, other memory
   * @param tally counts by the indices of {@code chunk}
   * @param chunk what the block is a part of
   * @param offset where the block begins in {@code chunk}, in samples
   */
  final void convert(
      MemorySegment source, MemorySegment target, Tally tally, Chunk chunk, long offset) {
    postponed.clear();
    if (Lanes.HAVE_TABLES) {
      convertFast(source, target, postponed);
    } else {
      postponed.addAll(source.byteSize() / Float.BYTES);
    }
    if (postponed.count == 0) {
      return;
    }
    file(source, postponed);
    convertExactly(source, target, postponed.wrong, postponed.wrongCount, Rounding.NEAREST);
    if (postponed.specialCount > 0) {
      convertSpecial(source, target, postponed);
      postponed.count(tally, chunk, offset);
    }
  }

  /**
   * Converts ordinary samples, and makes entries for vectors in which not every result is right.
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
