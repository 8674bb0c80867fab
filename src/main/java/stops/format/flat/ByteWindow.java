package stops.format.flat;

import java.nio.ByteBuffer;
import stops.image.ImageException;

/**
 * Reads single bytes of a file, mostly forwards, through a buffer. A mapped file would take memory
 * for every page that was read. Not thread-safe.
 */
public final class ByteWindow {
  private static final int WINDOW_BYTES = 1 << 16;

  private final InputFile file;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long start;
  private int length;

  /** A window on {@code file}, which the caller closes. */
  public ByteWindow(InputFile file) {
    this.file = file;
  }

  /**
   * The byte at {@code offset}, from 0 to 255.
   *
   * @param offset less than the file's size
   */
  public int get(long offset) throws ImageException {
    long within = offset - start;
    if (within < 0 || within >= length) {
      move(offset);
      within = 0;
    }
    return window[(int) within] & 0xff;
  }

  private void move(long offset) throws ImageException {
    length = 0;
    int bytes = (int) Math.min(WINDOW_BYTES, file.size() - offset);
    file.read(offset, ByteBuffer.wrap(window, 0, bytes));
    start = offset;
    length = bytes;
  }
}
