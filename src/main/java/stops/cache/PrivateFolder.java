package stops.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that only this user can read and write. It holds results that later runs use again.
 * Files that others could have written are ignored. A file appears whole or not at all.
 * Thread-safe, also among processes.
 */
public final class PrivateFolder {
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Limit of a file that is read. All that Stops stores is far smaller. */
  private static final int MOST_BYTES = 1 << 26;

  private final Path root;

  /** The folder {@code root}. It is made by the first write. */
  public PrivateFolder(Path root) {
    this.root = root;
  }

  /**
   * The folder for this user: the system property {@code stops.cache}, or {@code stops} in the
   * user's cache folder.
   */
  public static PrivateFolder ofUser() {
    String chosen = System.getProperty("stops.cache", "");
    if (!chosen.isEmpty()) {
      return new PrivateFolder(Path.of(chosen));
    }
    Path home = Path.of(System.getProperty("user.home", "."));
    String os = System.getProperty("os.name", "");
    if (os.startsWith("Windows")) {
      String local = System.getenv("LOCALAPPDATA");
      return new PrivateFolder(
          (local == null ? home : Path.of(local)).resolve("stops").resolve("cache"));
    }
    if (os.startsWith("Mac")) {
      return new PrivateFolder(home.resolve("Library").resolve("Caches").resolve("stops"));
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    return new PrivateFolder(
        (cache == null || !cache.startsWith("/") ? home.resolve(".cache") : Path.of(cache))
            .resolve("stops"));
  }

  /** The content of {@code folder/name}; empty if there is none that can be trusted. */
  public Optional<byte[]> get(String folder, String name) {
    Path file = root.resolve(folder).resolve(name);
    try {
      if (!Files.isRegularFile(file, NOFOLLOW_LINKS)
          || !isOurs(root)
          || !isOurs(root.resolve(folder))
          || !isOurs(file)
          || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        return Optional.of(in.readNBytes(MOST_BYTES));
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Stores {@code content} as {@code folder/name}. A failure is ignored: all works without. */
  public void put(String folder, String name, byte[] content) {
    try {
      putFile(folder, name, content);
    } catch (IOException | UnsupportedOperationException e) {
      // The next run does the work again.
    }
  }

  /** The names of the files in {@code folder} that begin with {@code prefix}. */
  public List<String> names(String folder, String prefix) {
    List<String> names = new ArrayList<>();
    try {
      Path parent = root.resolve(folder);
      if (Files.isDirectory(parent, NOFOLLOW_LINKS) && isOurs(root) && isOurs(parent)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent, prefix + "*")) {
          files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
      }
    } catch (IOException | UnsupportedOperationException | DirectoryIteratorException e) {
      // What was not listed counts as absent.
    }
    return names;
  }

  /** Removes {@code folder/name}. */
  public void remove(String folder, String name) {
    try {
      Files.deleteIfExists(root.resolve(folder).resolve(name));
    } catch (IOException e) {
      // A file that is not ours is not read either.
    }
  }

  /** Stores {@code content} unless it is there already, and returns the file. */
  public Path putFile(String folder, String name, byte[] content) throws IOException {
    Path parent = makeFolder(makeFolder(root).resolve(folder));
    Path file = parent.resolve(name);
    Optional<byte[]> present = get(folder, name);
    if (present.isPresent() && Arrays.equals(present.get(), content)) {
      return file;
    }
    Path written = Files.createTempFile(parent, name, ".part");
    try {
      Files.write(written, content);
      Files.move(written, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
    return file;
  }

  private static Path makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        if (isPosix(parent == null ? folder : parent)) {
          Files.createDirectory(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectory(folder);
        }
      } catch (FileAlreadyExistsException e) {
        // Another process made it, or it is a link. The check below tells.
      }
    }
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS) || !isOurs(folder)) {
      throw new IOException(folder + " is not a folder that only this user can write to");
    }
    return folder;
  }

  private static boolean isPosix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  /** Whether {@code path} belongs to the user of this process and nobody else may write to it. */
  private static boolean isOurs(Path path) throws IOException {
    if (!isPosix(path)) {
      return true;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
    return attributes.permissions().stream().noneMatch(OTHERS_WRITE::contains)
        && attributes.owner().equals(Owner.OF_THIS_PROCESS);
  }

  /** The owner of the files that this process makes. */
  private static final class Owner {
    private static final Object OF_THIS_PROCESS = find();

    /** The folder for temporary files may be missing. Linux tells the owner, too. */
    private static Object find() {
      return Stream.of(
              System.getProperty("java.io.tmpdir", "/tmp"), System.getProperty("user.home", "."))
          .map(folder -> ofNewFile(Path.of(folder)))
          .flatMap(Optional::stream)
          .findFirst()
          .or(() -> of(Path.of("/proc/self")))
          .orElseGet(Object::new);
    }

    private static Optional<Object> ofNewFile(Path folder) {
      try {
        Path probe = Files.createTempFile(folder, "stops", ".owner");
        try {
          return of(probe);
        } finally {
          Files.delete(probe);
        }
      } catch (IOException | UnsupportedOperationException e) {
        return Optional.empty();
      }
    }

    private static Optional<Object> of(Path file) {
      try {
        return Optional.of(Files.getOwner(file));
      } catch (IOException | UnsupportedOperationException e) {
        return Optional.empty();
      }
    }
  }
}
