package stops.image;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A process that writes to an {@link AtomicFile}, says {@code ready} and then waits until its input
 * ends.
 */
final class AtomicFileWaiting {
  private AtomicFileWaiting() {}

  public static void main(String[] args) throws Exception {
    AtomicFile file = AtomicFile.create(Path.of(args[0]));
    file.write(ByteBuffer.allocate(100), 0);
    System.out.println("ready");
    int unused = System.in.read();
    file.close();
  }
}
