package stops.engine;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Objects;

/**
 * The memory of a run of samples to convert and of their results.
 *
 * <p>Samples are packed, in little-endian byte order, at any alignment. Source and target may be
 * the same memory if both types have the same size. Otherwise they must not overlap.
 *
 * <p>Any memory will do: the heap, mapped files, and arenas of every kind. Memory of a confined
 * arena is converted on the thread that owns the arena. A shared arena cannot be closed while a
 * device uses its memory: {@link java.lang.foreign.Arena#close} then throws an {@link
 * IllegalStateException}. If it is closed before or meanwhile, the conversion throws one.
 *
 * @param source exactly {@code samples} samples of the conversion's source type
 * @param target room for exactly {@code samples} samples of the target type
 * @param samples number of samples, 0 or more
 * @param channels number of interleaved channels, 1 to {@value #MOST_CHANNELS}: sample {@code i}
 *     belongs to channel {@code (firstChannel + i) % channels}
 * @param firstChannel the channel of the first sample, 0 to {@code channels − 1}
 */
public record Chunk(
    MemorySegment source, MemorySegment target, long samples, int channels, int firstChannel) {

  /** The most channels, so that the counters of all channels fit into the memory of any device. */
  public static final int MOST_CHANNELS = 1 << 20;

  public Chunk {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    if (samples < 0
        || channels < 1
        || channels > MOST_CHANNELS
        || firstChannel < 0
        || firstChannel >= channels) {
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

  /**
   * Fails unless the calling thread can do {@code conversion} on this memory.
   *
   * @throws IllegalArgumentException if a segment does not hold exactly the samples that {@code
   *     conversion} needs, if the target cannot be written, or if source and target overlap without
   *     being the same memory with samples of the same size
   * @throws IllegalStateException if the arena of a segment is closed
   * @throws WrongThreadException if the arena of a segment is confined to another thread
   */
  public void check(Conversion conversion) {
    checkSize("source", source, conversion.source());
    checkSize("target", target, conversion.target());
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the target is read-only memory, which cannot be written");
    }
    checkAccess("source", source);
    checkAccess("target", target);
    if (source.asOverlappingSlice(target).isPresent() && !isInPlace(conversion)) {
      throw new IllegalArgumentException(
          "source and target overlap, but are not the same memory with samples of the same size;"
              + " convert into other memory");
    }
  }

  private void checkSize(String name, MemorySegment memory, SampleType type) {
    if (memory.byteSize() % type.bytes() != 0 || memory.byteSize() / type.bytes() != samples) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s has %d bytes, which is not the size of %d %s samples",
              name,
              memory.byteSize(),
              samples,
              type));
    }
  }

  private static void checkAccess(String name, MemorySegment memory) {
    if (!memory.scope().isAlive()) {
      throw new IllegalStateException("the arena of the " + name + " is closed");
    }
    if (!memory.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException(
          String.format(
              Locale.ROOT,
              "the arena of the %s is confined to another thread; convert on that thread, or use"
                  + " Arena.ofShared()",
              name));
    }
  }

  /** Whether each result takes the place of its sample. */
  private boolean isInPlace(Conversion conversion) {
    return source.address() == target.address()
        && conversion.source().bytes() == conversion.target().bytes();
  }
}
