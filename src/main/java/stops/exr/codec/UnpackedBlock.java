package stops.exr.codec;

/**
 * A block that was found sound and unpacked, in memory of its compressor, before its samples are
 * brought to their places. Valid until the compressor is used again.
 */
@FunctionalInterface
public interface UnpackedBlock {

  /** Stores the samples. */
  void to(BlockSamples samples);
}
