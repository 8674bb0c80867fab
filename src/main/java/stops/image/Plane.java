package stops.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Packed little-endian samples of one channel, or of several neighbouring ones interleaved, inside
 * a {@link Strip}: row by row, top to bottom, left to right.
 *
 * @param firstChannel index in the part of the first channel
 * @param channels number of interleaved channels; all have the same type. Several channels have no
 *     subsampling
 * @param samples the memory, {@code count} samples long
 * @param count number of samples, all channels together
 * @param rowSamples number of samples in a row, all channels together
 */
public record Plane(
    int firstChannel, int channels, MemorySegment samples, long count, long rowSamples) {

  /** A float16 sample, as its bits. */
  public static final ValueLayout.OfShort FLOAT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A float32 sample. */
  public static final ValueLayout.OfFloat FLOAT32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A float64 sample. */
  public static final ValueLayout.OfDouble FLOAT64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A sample of 32-bit integers, without sign. */
  public static final ValueLayout.OfInt UINT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
}
