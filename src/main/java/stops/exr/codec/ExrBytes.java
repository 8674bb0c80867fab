package stops.exr.codec;

import java.io.IOException;

/** The bytes of an EXR file, read by position. Thread-safe. */
public interface ExrBytes extends AutoCloseable {

  /** Size of the file in bytes when it was opened. */
  long size();

  /**
   * Reads {@code count} bytes at {@code position} into {@code target}, from index 0.
   *
   * @throws ExrException if the file has too few bytes
   * @throws IOException if the disk fails
   */
  void read(long position, byte[] target, int count) throws IOException, ExrException;

  @Override
  void close() throws IOException;

  /** A file in memory. */
  static ExrBytes of(byte[] bytes) {
    return new ExrBytes() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long position, byte[] target, int count) throws ExrException {
        if (position > bytes.length - count) {
          throw new ExrException("the file ends early, at byte " + bytes.length);
        }
        System.arraycopy(bytes, (int) position, target, 0, count);
      }

      @Override
      public void close() {}
    };
  }
}
