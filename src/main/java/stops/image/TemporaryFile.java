package stops.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A hidden file beside a target, named {@code .NAME.stops-N.tmp}. Its process keeps it locked. When
 * a process ends, however it ends, the system drops its locks, so a file that can be locked is
 * stale. N is small, so that stale files are found without listing the folder, which may have a
 * hundred thousand others.
 */
final class TemporaryFile implements AutoCloseable {
  /** Values of N; when all are taken by processes that write one target, N is random. */
  private static final int NUMBERS = 8;

  private static final int MOST_TRIES = 100;

  /** Seeded with the time. Names need not be secret, since no existing file is opened. */
  private static final SplittableRandom RANDOM = new SplittableRandom();

  /**
   * The files of this process. Their locks are never tried: a POSIX lock belongs to the process,
   * and opening and closing the file again would drop it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  /** A file name may have 255 bytes; this class adds less than 64. */
  private static final int MAX_NAME_BYTES = 190;

  private final Path path;
  private final FileChannel channel;
  private final Thread removeAtExit;
  private boolean moved;

  private TemporaryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    this.removeAtExit = new Thread(() -> delete(path), "remove " + path.getFileName());
  }

  /** Creates and locks an empty file beside {@code target}. */
  static TemporaryFile create(Path target, FileAttribute<?>... attributes) throws IOException {
    for (int number = 0; number < MOST_TRIES; number++) {
      Path path = target.resolveSibling(name(target, number < NUMBERS ? "" + number : random()));
      if (!OWN.add(path)) {
        continue;
      }
      TemporaryFile file = null;
      try {
        file = tryCreate(path, attributes);
      } finally {
        if (file == null) {
          OWN.remove(path);
        }
      }
      if (file != null) {
        return file;
      }
    }
    throw new FileSystemException(target.toString(), null, "no name for a temporary file is free");
  }

  /** The file, or null where another process has one of this name. */
  private static @Nullable TemporaryFile tryCreate(Path path, FileAttribute<?>... attributes)
      throws IOException {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
              attributes);
    } catch (FileAlreadyExistsException e) {
      return null;
    }
    TemporaryFile file = new TemporaryFile(path, channel);
    return file.secure() ? file : null;
  }

  /**
   * Locks the file, and has it removed when the process ends by a signal. False if another process
   * took the file for stale before it was locked.
   */
  private boolean secure() throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(removeAtExit);
    } catch (IllegalStateException e) {
      close();
      throw new IOException("the process is ending", e);
    }
    if (lock(channel) != Lock.TAKEN && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    close();
    return false;
  }

  private enum Lock {
    MINE,
    TAKEN,
    /** The file system has no locks; no file is ever taken for stale there. */
    UNSUPPORTED
  }

  private static Lock lock(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock == null ? Lock.TAKEN : Lock.MINE;
    } catch (OverlappingFileLockException e) {
      return Lock.TAKEN;
    } catch (IOException e) {
      return Lock.UNSUPPORTED;
    }
  }

  /** Removes the temporary files for {@code target} of processes that were killed. */
  static void removeStale(Path target) {
    for (int number = 0; number < NUMBERS; number++) {
      Path path = target.resolveSibling(name(target, "" + number));
      if (!OWN.contains(path) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        removeIfStale(path);
      }
    }
  }

  private static void removeIfStale(Path path) {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (lock(channel) == Lock.MINE) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It is gone already, or another user's: theirs to remove.
    }
  }

  private static String name(Path target, String tag) {
    String name = String.valueOf(target.getFileName());
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_NAME_BYTES) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      name = name.substring(0, name.offsetByCodePoints(0, 20)) + "~" + sum.getValue();
    }
    return "." + name + ".stops-" + tag + ".tmp";
  }

  private static synchronized String random() {
    return Long.toHexString(RANDOM.nextLong() ^ ProcessHandle.current().pid());
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  /** Notes that the file was renamed, so that close does not remove it. */
  void moved() {
    moved = true;
  }

  @Override
  public void close() {
    if (!moved) {
      delete(path);
    }
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: the file was synced before, or is not wanted.
    }
    OWN.remove(path);
    try {
      Runtime.getRuntime().removeShutdownHook(removeAtExit);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook with it.
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The next process that writes the same target removes it.
    }
  }
}
