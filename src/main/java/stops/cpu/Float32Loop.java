package stops.cpu;

import java.lang.foreign.MemorySegment;
import stops.engine.Conversion;
import stops.engine.SampleType;

/** A conversion of float32 samples to float32 or float16, in vectors. Immutable. */
sealed interface Float32Loop permits Float32Exposure, Float32Intensity {

  /**
   * Converts a block of samples.
   *
   * @param sourceAt where the block begins in the source, in bytes
   * @param targetAt where its results go in the target, in bytes
   * @param tally where the block's anomalies are noted
   */
  void convert(
      MemorySegment source,
      long sourceAt,
      MemorySegment target,
      long targetAt,
      int samples,
      LaneTally tally);

  /** The loop for {@code conversion}, which {@link #fits}. */
  static Float32Loop of(Conversion conversion) {
    return switch (conversion.direction()) {
      case TO_EXPOSURE -> new Float32Exposure(conversion);
      case TO_INTENSITY -> new Float32Intensity(conversion);
    };
  }

  /** Whether there is a loop for {@code conversion}. */
  static boolean fits(Conversion conversion) {
    return conversion.source() == SampleType.FLOAT32
        && conversion.target() != SampleType.FLOAT64
        && conversion.gainStops() == 0;
  }

  static boolean toHalf(Conversion conversion) {
    return conversion.target() == SampleType.FLOAT16;
  }
}
