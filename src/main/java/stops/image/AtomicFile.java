package stops.image;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An output file: the old one until {@link #commit}, the complete new one after it.
 *
 * <p>Data are written to a hidden temporary file in the target's folder. Commit syncs it to the
 * disk and renames it over the target. Without a commit, close removes the temporary file, as does
 * the end of the process by a signal. If a process was killed, the next one that writes the same
 * target removes its temporary file. A symbolic link is followed to its file, which is replaced.
 * The new file takes over the permissions of the replaced one and, where allowed, its owner and
 * group.
 *
 * <p>A target that is a device, a pipe or a socket is refused: a picture is written in any order
 * and there is nothing to rename over.
 *
 * <p>Thread-safe.
 */
public final class AtomicFile implements AutoCloseable {
  /**
   * Size of one write. Writes of 4 MiB take more than twice the system time, since Linux looks for
   * memory in larger pieces than it has at hand.
   */
  private static final long PIECE_BYTES = 512L << 10;

  /** A file of this size or more is written past the page cache. */
  private static final long DIRECT_FILE_BYTES = 256L << 20;

  /** Shorter writes go through the page cache all the same. */
  private static final long DIRECT_BYTES = 1L << 20;

  private final Path target;
  private final OutputPlace place;
  private final TemporaryFile temporary;
  private final EarlySync sync;
  private @Nullable BlockWriter blocks;
  private volatile boolean direct;

  /**
   * Held by the one thread that writes. In the system, writers of a file wait for each other too,
   * but burn processor time meanwhile that others could convert in.
   */
  private final ReentrantLock writing = new ReentrantLock();

  private boolean closed;
  private volatile List<String> notes = List.of();

  private AtomicFile(Path target, OutputPlace place, TemporaryFile temporary) {
    this.target = target;
    this.place = place;
    this.temporary = temporary;
    this.sync = new EarlySync(temporary.channel());
  }

  /**
   * Begins a new file that is to take the place of {@code target}, which may exist or not.
   *
   * @throws ImageException of the output side, if it cannot be written there
   */
  public static AtomicFile create(Path target) throws ImageException {
    OutputPlace place = OutputPlace.of(target);
    try {
      TemporaryFile.removeStale(place.file());
      TemporaryFile temporary = TemporaryFile.create(place.file(), place.whileWritten());
      return new AtomicFile(target, place, temporary);
    } catch (IOException e) {
      throw OutputProblem.of(target, place.folder(), e);
    }
  }

  /**
   * The file that {@link #create} would replace, links followed. Two names with one destination are
   * the same file.
   *
   * @throws ImageException of the output side, if there is no such folder or it cannot be written
   */
  public static Path destination(Path target) throws ImageException {
    return OutputPlace.destination(target);
  }

  /** Properties of the replaced file that the new one could not take over, a line each. */
  public List<String> notes() {
    return notes;
  }

  /** The temporary file, open for reading and writing. Closed by {@link #commit} and close. */
  public FileChannel channel() {
    return temporary.channel();
  }

  /**
   * Fails at once if the disk has no room for a file of this size. Reserves nothing. To be called
   * before the first write, if at all.
   *
   * @param bytes size of the whole file
   * @throws ImageException if the disk says that it has less than that left
   */
  public void expect(long bytes) throws ImageException {
    long free = place.freeBytes();
    if (bytes > free) {
      throw ImageException.output(
          target,
          String.format(
              Locale.ROOT,
              "needs %d bytes, but the disk has %d left; free some space or choose another folder",
              bytes,
              free));
    }
    expectAbout(bytes);
  }

  /** Prepares for a file of about this size, where packing decides the size. */
  public void expectAbout(long bytes) {
    if (bytes >= DIRECT_FILE_BYTES && blocks == null) {
      blocks = BlockWriter.open(temporary.path()).orElse(null);
      direct = blocks != null;
    }
  }

  /** Whether writes go to the disk at once, so that a writer mostly waits. */
  public boolean waitsForDisk() {
    return direct;
  }

  /** The writer past the page cache, if the file is written so. */
  Optional<BlockWriter> blocks() {
    return Optional.ofNullable(blocks);
  }

  /** Writes all that remains in {@code bytes}, at {@code offset} bytes into the file. */
  public void write(ByteBuffer bytes, long offset) throws ImageException {
    write(MemorySegment.ofBuffer(bytes), offset);
    bytes.position(bytes.limit());
  }

  /** Writes all of {@code bytes}, of any size, at {@code offset} bytes into the file. */
  public void write(MemorySegment bytes, long offset) throws ImageException {
    try {
      transfer(bytes, offset);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes all of {@code bytes}; the caller turns an error into {@link #failed}. */
  public void transfer(MemorySegment bytes, long offset) throws IOException {
    BlockWriter blocks = this.blocks;
    if (blocks == null || !direct || bytes.byteSize() < DIRECT_BYTES) {
      writeCached(bytes, offset);
      return;
    }
    long first = -offset & (BlockWriter.UNIT_BYTES - 1);
    long whole = (bytes.byteSize() - first) & -BlockWriter.UNIT_BYTES;
    try {
      blocks.write(bytes.asSlice(first, whole), offset + first);
    } catch (IOException e) {
      // Some file systems open a file like this but cannot write it. If something else is wrong,
      // the
      // usual way fails too.
      direct = false;
      writeCached(bytes, offset);
      return;
    }
    writeCached(bytes.asSlice(0, first), offset);
    writeCached(bytes.asSlice(first + whole), offset + first + whole);
  }

  private void writeCached(MemorySegment bytes, long offset) throws IOException {
    if (bytes.byteSize() == 0) {
      return;
    }
    writing.lock();
    try {
      for (long done = 0; done < bytes.byteSize(); done += PIECE_BYTES) {
        long piece = Math.min(PIECE_BYTES, bytes.byteSize() - done);
        writePiece(bytes.asSlice(done, piece).asByteBuffer(), offset + done);
      }
    } finally {
      writing.unlock();
    }
    sync.written(bytes.byteSize());
  }

  private void writePiece(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel().write(bytes, at);
    }
  }

  /** The error for a failed use of {@link #channel}: what is wrong and what to do. */
  public ImageException failed(IOException cause) {
    return OutputProblem.of(target, place.folder(), cause);
  }

  /**
   * Syncs the file to the disk, puts it in its place in one step, and closes.
   *
   * @throws ImageException if that fails; the target is then unchanged
   */
  public synchronized void commit() throws ImageException {
    if (closed) {
      throw new IllegalStateException(target + " is closed already");
    }
    try {
      sync.finish();
      notes = place.handOver(temporary.path());
      move();
      close();
      syncFolder();
    } catch (NoSuchFileException e) {
      close();
      throw ImageException.output(target, OutputProblem.TEMPORARY_FILE_GONE, e);
    } catch (IOException e) {
      close();
      throw failed(e);
    }
  }

  /** The channel stays open until the move: its lock keeps other processes off the file. */
  private void move() throws IOException {
    Files.move(temporary.path(), place.file(), StandardCopyOption.ATOMIC_MOVE);
    temporary.moved();
  }

  /** Lets the new name survive a power cut. Not every system can open a folder for that. */
  private void syncFolder() {
    try (FileChannel folder = FileChannel.open(place.folder(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException unsupported) {
      // The file itself is synced and in its place. The system decides when its name is.
    }
  }

  /** Removes the temporary file if there was no commit. Closing twice is harmless. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      sync.stop();
      temporary.close();
      if (blocks != null) {
        blocks.close();
      }
    }
  }
}
