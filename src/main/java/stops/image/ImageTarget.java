package stops.image;

import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.Map;

/**
 * An HDR file that is being written: to a temporary file beside its place, until {@link #commit}.
 * Thread-safe: strips may be written in any order, by several threads at once.
 */
public interface ImageTarget extends AutoCloseable {

  /**
   * Planes to fill for the strip {@code source}: the same rectangle with the same channels in the
   * same arrangement, in the target's sample types.
   */
  Strip prepare(Strip source, SegmentAllocator memory) throws ImageException;

  /**
   * An upper bound of the bytes that writing one strip takes beside its planes: an encoder's
   * buffers.
   */
  default long bufferBytes() {
    return 0;
  }

  /** Whether {@link #write} waits for the disk a good part of the time. */
  default boolean waitsForDisk() {
    return false;
  }

  /** Encodes and writes a strip that {@link #prepare} made, once it is filled. */
  void write(Strip strip) throws ImageException;

  /**
   * Whether the file remembers {@link TargetLayout#adjusted}, so that an adjustment can be undone.
   */
  default boolean remembersAdjustments() {
    return false;
  }

  /**
   * Says, once all strips are written, how many samples an adjustment lost. A file that does not
   * remember adjustments ignores it.
   *
   * @param adjusted the same channels and stops as in the layout
   */
  default void adjusted(Map<String, Adjusted> adjusted) throws ImageException {}

  /** Losses against the source, one line each. Complete after {@link #commit}. */
  default List<String> notes() {
    return List.of();
  }

  /** How samples are not read as they were written, one line each; empty if all are. */
  default List<String> warnings() {
    return List.of();
  }

  /** Completes the file, syncs it to the disk and puts it in its place in one step. */
  void commit() throws ImageException;

  /** Removes the temporary file if there was no commit. Closing twice is harmless. */
  @Override
  void close();
}
