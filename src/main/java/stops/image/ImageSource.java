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
 * the file: of an EXR file in decreasing line order, the lowest is the first.
 */
public interface ImageSource extends AutoCloseable {

  /** What the file says of itself. Constant. */
  ImageInfo info();

  /** What is not as it should be in the file, or is not read of it; one line each. Constant. */
  default List<String> notes() {
    return List.of();
  }

  /** What else the file says, so that a target can name what it does not keep. Constant. */
  default Metadata metadata() {
    return Metadata.NONE;
  }

  /** The value of samples that are not to be converted, if the file names one. Constant. */
  default Optional<NoData> noData() {
    return Optional.empty();
  }

  /** How many strips the file has, all parts together, 0 or more. */
  int strips();

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
   * @param memory where planes are allocated that are not simply a view of the file
   * @throws ImageException if the file is damaged; it says where
   */
  Strip read(int index, SegmentAllocator memory) throws ImageException;

  @Override
  void close();
}
