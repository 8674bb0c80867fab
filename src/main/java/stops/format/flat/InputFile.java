package stops.format.flat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.image.ImageException;

/**
 * A file that is open for reading. Thread-safe.
 *
 * <p>Samples are read, not mapped: mapped pages would count as memory of the program. Where parts
 * of the file are mapped all the same, another program may truncate it meanwhile. Access to the
 * missing pages then throws {@link InternalError}, which {@link #reading} turns into an {@link
 * ImageException}.
 */
public final class InputFile implements AutoCloseable {
  private static final int HEAD_BYTES = 1 << 16;

  /** Size of one read: less than a second's work of a slow disk. */
  private static final long PIECE_BYTES = 4L << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final Arena arena = Arena.ofShared();
  private @Nullable MemorySegment mapped;

  private InputFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    try {
      size = channel.size();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public static InputFile open(Path path) throws ImageException {
    try {
      checkIsFile(path);
      InputFile file = new InputFile(path, FileChannel.open(path, StandardOpenOption.READ));
      if (file.size() == 0) {
        file.close();
        throw ImageException.input(path, "is empty; there is nothing to read");
      }
      return file;
    } catch (UnsupportedOperationException e) {
      throw ImageException.input(
          path, "is in a file system of Java that cannot open it; copy it to the disk", e);
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    }
  }

  /** Makes a source of a file, which the source then closes. */
  public interface Opener<S> {
    S open(InputFile file) throws ImageException;
  }

  /** Opens a file for {@code opener}, and closes it if the opener fails. */
  public static <S> S open(Path path, Opener<S> opener) throws ImageException {
    InputFile file = open(path);
    try {
      return opener.open(file);
    } catch (ImageException | RuntimeException e) {
      file.close();
      throw e;
    } catch (OutOfMemoryError | StackOverflowError e) {
      file.close();
      throw ImageException.exhausted(path, e);
    }
  }

  /** The first 64 KiB of a file, or all of a shorter one. The file is not mapped. */
  public static ByteBuffer head(Path path) throws ImageException {
    try {
      checkIsFile(path);
      return readHead(path);
    } catch (UnsupportedOperationException e) {
      throw ImageException.input(
          path, "is in a file system of Java that cannot open it; copy it to the disk", e);
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    }
  }

  /** Whether the {@link #head} of a file begins with {@code magic}. */
  public static boolean begins(ByteBuffer head, byte[] magic) {
    return head.remaining() >= magic.length
        && head.slice(head.position(), magic.length).equals(ByteBuffer.wrap(magic));
  }

  private static ByteBuffer readHead(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, channel.size()));
      while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {
        // Until all is there.
      }
      return head.flip().asReadOnlyBuffer();
    }
  }

  private static void checkIsFile(Path path) throws IOException, ImageException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw ImageException.input(path, "is a folder; give the name of a file");
    }
    if (attributes.isOther()) {
      throw ImageException.input(
          path, "is a device or a pipe, and pictures are not read in order; give a file");
    }
  }

  public Path path() {
    return path;
  }

  /** Size of the file when it was opened: 1 byte or more. */
  public long size() {
    return size;
  }

  /** The mapped bytes of a range. Fails if the file was truncated below its end. */
  public synchronized MemorySegment view(long offset, long length) throws ImageException {
    try {
      if (channel.size() < offset + length) {
        throw ImageException.truncated(path, null);
      }
      if (mapped == null) {
        mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      }
    } catch (UnsupportedOperationException e) {
      throw ImageException.input(
          path, "is in a file system of Java that cannot open it; copy it to the disk", e);
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    }
    return mapped.asSlice(offset, length);
  }

  /** Fills {@code target} with the bytes from {@code offset} on. */
  void read(long offset, MemorySegment target) throws ImageException {
    for (long done = 0; done < target.byteSize(); done += PIECE_BYTES) {
      long piece = Math.min(PIECE_BYTES, target.byteSize() - done);
      read(offset + done, target.asSlice(done, piece).asByteBuffer());
    }
  }

  /** Fills what remains of {@code target} with the bytes from {@code offset} on. */
  public void read(long offset, ByteBuffer target) throws ImageException {
    try {
      long at = offset;
      while (target.hasRemaining()) {
        int bytes = channel.read(target, at);
        if (bytes < 0) {
          throw ImageException.truncated(path, null);
        }
        at += bytes;
      }
    } catch (UnsupportedOperationException e) {
      throw ImageException.input(
          path, "is in a file system of Java that cannot open it; copy it to the disk", e);
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    }
  }

  /** Code that reads a view. */
  public interface Access {
    void run() throws ImageException;
  }

  /** Runs code that reads a view, and turns the fault of a truncated file into an error. */
  public void reading(Access access) throws ImageException {
    try {
      access.run();
    } catch (InternalError e) {
      throw ImageException.truncated(path, e);
    }
  }

  /** The first {@code length} bytes, or all of a shorter file. */
  public byte[] copyHead(int length) throws ImageException {
    byte[] head = new byte[(int) Math.min(length, size())];
    read(0, ByteBuffer.wrap(head));
    return head;
  }

  /** A note on the bytes from {@code end} on, where the samples end; none if there are no more. */
  public List<String> behind(long end) {
    long bytes = size() - end;
    return bytes == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%d byte%s behind the samples, from offset %d on; not read, and not kept",
                bytes,
                bytes == 1 ? " follows" : "s follow",
                end));
  }

  public ImageException damaged(String problem) {
    return ImageException.input(path, problem);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written to it.
    }
  }
}
