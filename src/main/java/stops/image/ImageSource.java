package stops.image;

import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.Optional;

/**
 * An HDR file that is open for reading. Thread-safe: strips may be read in any order, by several
 * threads at once.
 *
 * <p>A strip of a scanline file is a band of whole rows; the topmost begins at the top of the data
 * window, and all but the lowest of a part have the same number of rows, a multiple of 16 for
 * formats that have no blocks of their own. Strips are numbered in the order in which they lie in
 * the file. In an EXR file of decreasing line order, the lowest strip is the first.
 */
public interface ImageSource extends AutoCloseable {

  /** The description of the file. Constant. */
  ImageInfo info();

  /** Flaws of the file, and parts of it that are not read; one line each. Constant. */
  default List<String> notes() {
    return List.of();
  }

  /** Names of everything else in the file, so that a target can say what it loses. Constant. */
  default Metadata metadata() {
    return Metadata.NONE;
  }

  /** The value of samples that are not to be converted, if the file names one. Constant. */
  default Optional<NoData> noData() {
    return Optional.empty();
  }

  /** Number of strips, all parts together, 0 or more. */
  int strips();

  /** Whether a strip is of the picture itself, not of a smaller copy of it, a level. Constant. */
  default boolean isFullSize(int index) {
    return true;
  }

  /**
   * Where a strip lies, so that a reader of a region can leave out the others. Empty if it is known
   * only when the strip is read. Constant.
   */
  default Optional<StripPlace> place(int index) {
    return Optional.empty();
  }

  /** An upper bound of the bytes of {@code memory} that reading one strip takes. */
  long stripBytes();

  /**
   * An upper bound of the bytes that reading one strip takes beside that memory: a decoder's
   * buffers.
   */
  default long bufferBytes() {
    return 0;
  }

  /**
   * Reads and decodes a strip.
   *
   * @param memory allocates the planes
   * @throws ImageException if the file is damaged; it says where
   */
  Strip read(int index, SegmentAllocator memory) throws ImageException;

  @Override
  void close();
}
