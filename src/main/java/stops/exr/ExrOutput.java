package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where an EXR file is written. */
@FunctionalInterface
public interface ExrOutput {
  /**
   * Writes all that remains in {@code bytes}, which may be used again afterwards. One call at a
   * time.
   *
   * @param position where in the file, in bytes
   */
  void write(ByteBuffer bytes, long position) throws IOException;

  /** A file that is open for writing; it stays the caller's. */
  static ExrOutput of(FileChannel channel) {
    return (bytes, position) -> {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    };
  }
}
