package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The destination of an EXR file. */
@FunctionalInterface
public interface ExrOutput {
  /**
   * Writes the remaining bytes of {@code bytes}. The caller may reuse the buffer afterwards. Calls
   * do not overlap.
   *
   * @param position position in the file, in bytes
   */
  void write(ByteBuffer bytes, long position) throws IOException;

  /** An output to a file that is open for writing. The caller closes the file. */
  static ExrOutput of(FileChannel channel) {
    return (bytes, position) -> {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    };
  }
}
