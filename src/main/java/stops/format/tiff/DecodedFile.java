package stops.format.tiff;

import java.io.File;
import java.io.IOException;
import javax.imageio.stream.FileImageInputStream;

/**
 * A TIFF file as its decoder gets it. In the place of its first directory is a shorter one, which
 * has only the fields that tell how samples are stored, and none behind it.
 *
 * <p>The decoder follows all pointers to other directories before it decodes a sample, and reads
 * the values of all fields into memory. Pointers may lead in a circle, and many fields may claim
 * the same bytes. So it gets neither.
 */
final class DecodedFile extends FileImageInputStream {
  private final ShortDirectory directory;

  DecodedFile(File file, ShortDirectory directory) throws IOException {
    super(file);
    this.directory = directory;
  }

  /**
   * A directory that stands in the place of another.
   *
   * @param offset of the directory in the file, in bytes
   * @param bytes the directory as it is stored, no longer than the other
   */
  @SuppressWarnings("ArrayRecordComponent")
  record ShortDirectory(long offset, byte[] bytes) {

    /** Puts what it has of {@code length} bytes of the file, from {@code at} on, into a buffer. */
    void put(long at, byte[] buffer, int start, int length) {
      long first = Math.max(at, offset);
      long end = Math.min(at + length, offset + bytes.length);
      if (first < end) {
        System.arraycopy(
            bytes, (int) (first - offset), buffer, start + (int) (first - at), (int) (end - first));
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int start, int length) throws IOException {
    long at = getStreamPosition();
    int read = super.read(buffer, start, length);
    if (read > 0) {
      directory.put(at, buffer, start, read);
    }
    return read;
  }
}
