package stops.exr.codec;

/**
 * An unpacked, undamaged block in its compressor's memory. Its samples are not yet stored in
 * planes. Valid until the compressor is used again.
 */
@FunctionalInterface
public interface UnpackedBlock {

  /** Stores the samples in planes. */
  void to(BlockSamples samples);
}
