package stops.wedge;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import stops.image.AtomicFile;

/** Writes into a file from its beginning on. Confined to one thread. */
final class FileStream extends OutputStream {
  private final AtomicFile file;
  private long at;

  FileStream(AtomicFile file) {
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    file.transfer(MemorySegment.ofArray(bytes).asSlice(from, count), at);
    at += count;
  }
}
