package stops.engine;

import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * The memory of a run of samples to convert and of their results.
 *
 * <p>Samples are packed, in little-endian byte order, at any alignment. Source and target may be
 * the same memory if both types have the same size. Otherwise they must not overlap.
 *
 * @param source exactly {@code samples} samples of the conversion's source type
 * @param target room for exactly {@code samples} samples of the target type
 * @param samples number of samples, 0 or more
 * @param channels number of interleaved channels, 1 or more: sample {@code i} belongs to channel
 *     {@code (firstChannel + i) % channels}
 * @param firstChannel the channel of the first sample, 0 to {@code channels − 1}
 */
public record Chunk(
    MemorySegment source, MemorySegment target, long samples, int channels, int firstChannel) {

  public Chunk {
    if (samples < 0 || channels < 1 || firstChannel < 0 || firstChannel >= channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "bad chunk: %d samples, %d channels, first channel %d",
              samples,
              channels,
              firstChannel));
    }
  }

  /** A run of one channel. */
  public static Chunk of(MemorySegment source, MemorySegment target, long samples) {
    return new Chunk(source, target, samples, 1, 0);
  }

  /** The channel of sample {@code index}. */
  public int channelOf(long index) {
    return (int) ((firstChannel + index) % channels);
  }

  /** The part of this chunk from sample {@code first} on, {@code count} samples long. */
  public Chunk slice(Conversion conversion, long first, long count) {
    return new Chunk(
        source.asSlice(first * conversion.source().bytes(), count * conversion.source().bytes()),
        target.asSlice(first * conversion.target().bytes(), count * conversion.target().bytes()),
        count,
        channels,
        channelOf(first));
  }

  /** Fails unless both segments hold exactly the samples that {@code conversion} needs. */
  public void check(Conversion conversion) {
    if (source.byteSize() != samples * conversion.source().bytes()
        || target.byteSize() != samples * conversion.target().bytes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d %s samples do not fit %d source bytes, or %d %s samples %d target bytes",
              samples,
              conversion.source(),
              source.byteSize(),
              samples,
              conversion.target(),
              target.byteSize()));
    }
  }
}
