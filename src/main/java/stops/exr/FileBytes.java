package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrException;

/**
 * Reads a file by position. If the file shrinks meanwhile, a read throws an exception. With a
 * mapped file, it would be a memory fault. Thread-safe.
 */
final class FileBytes implements ExrBytes {
  /** Largest read in bytes. Java keeps a native buffer of this size for every thread. */
  private static final int LARGEST_READ = 1 << 18;

  private final FileChannel channel;
  private final long size;

  private FileBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  static FileBytes open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileBytes(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, byte[] target, int count) throws IOException, ExrException {
    int done = 0;
    while (done < count) {
      ByteBuffer piece = ByteBuffer.wrap(target, done, Math.min(count - done, LARGEST_READ));
      int read = channel.read(piece, position + done);
      if (read < 0) {
        throw new ExrException("the file ends early, at byte " + (position + done));
      }
      done += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
