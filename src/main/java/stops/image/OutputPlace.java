package stops.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of an output file, links followed, and the file that is there now.
 *
 * @param file the file that is created or replaced
 * @param folder its folder, which exists
 * @param replaced owner and permissions of the file that is there; null if there is none, or the
 *     file system has no owners
 */
record OutputPlace(Path file, Path folder, @Nullable PosixFileAttributes replaced) {
  private static final int MAX_LINKS = 40;

  private static final Set<PosixFilePermission> WRITABLE =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private static final Set<PosixFilePermission> GROUPS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE);

  static OutputPlace of(Path target) throws ImageException {
    Destination destination = Destination.of(target);
    try {
      return new OutputPlace(
          destination.file, destination.folder, replaceable(target, destination.file));
    } catch (IOException e) {
      throw OutputProblem.of(target, destination.folder, e);
    }
  }

  /** The file that {@code target} leads to, which may exist or not, in a folder for new files. */
  static Path destination(Path target) throws ImageException {
    Destination destination = Destination.of(target);
    if (!Files.isWritable(destination.folder)) {
      throw OutputProblem.of(
          target, destination.folder, new AccessDeniedException(destination.folder.toString()));
    }
    return destination.file;
  }

  private record Destination(Path file, Path folder) {
    static Destination of(Path target) throws ImageException {
      if (target.getFileSystem() != FileSystems.getDefault()) {
        throw ImageException.output(
            target,
            String.format(
                Locale.ROOT,
                "is in a file system of Java (%s), and pictures are written to files of the"
                    + " operating system; write it there and copy it",
                target.getFileSystem().provider().getScheme()));
      }
      try {
        Path file = follow(target.toAbsolutePath());
        Path parent = file.getParent();
        if (parent == null || file.getFileName() == null) {
          throw ImageException.output(target, "is a folder; give the name of a file");
        }
        if (!Files.isDirectory(parent)) {
          throw ImageException.output(target, "there is no folder " + parent + "; create it first");
        }
        Path folder = parent.toRealPath();
        return new Destination(folder.resolve(file.getFileName()), folder);
      } catch (IOException e) {
        throw OutputProblem.of(target, target.toAbsolutePath().getParent(), e);
      }
    }
  }

  private static Path follow(Path target) throws IOException {
    // The system resolves what exists (also names such as /dev/stdout that only it can follow).
    try {
      return target.toRealPath();
    } catch (NoSuchFileException missing) {
      Path path = target;
      for (int links = 0; Files.isSymbolicLink(path); links++) {
        if (links == MAX_LINKS) {
          throw new FileSystemLoopException(target.toString());
        }
        path = path.resolveSibling(Files.readSymbolicLink(path));
      }
      return path;
    }
  }

  private static @Nullable PosixFileAttributes replaceable(Path target, Path file)
      throws ImageException, IOException {
    // The name as given is asked: where /dev/stdout is a pipe, the resolved name is no file at all.
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(target, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (now.isDirectory()) {
      throw ImageException.output(target, "is a folder; give the name of a file");
    }
    if (now.isOther()) {
      throw ImageException.output(
          target, "is a device or a pipe, and pictures are not written in order; give a file");
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes attributes = view == null ? null : view.readAttributes();
    boolean locked =
        attributes != null && attributes.permissions().stream().noneMatch(WRITABLE::contains);
    if (locked || !Files.isWritable(file)) {
      throw ImageException.output(target, "is read-only; make it writable or choose another name");
    }
    return attributes;
  }

  /** Bytes that the disk has left; {@link Long#MAX_VALUE} where it does not say. */
  long freeBytes() {
    try {
      var store = Files.getFileStore(folder);
      long free = store.getUsableSpace();
      return store.getTotalSpace() > 0 ? free : Long.MAX_VALUE;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Attributes of the new file until it replaces another: only its owner may read it. */
  FileAttribute<?>[] whileWritten() {
    return replaced == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
  }

  /**
   * Gives {@code successor} the owner, group, permissions, access control list and extended
   * attributes of the file that it will replace. Returns a line for each attribute that could not
   * be given. Then fewer users may use the new file than the old one, never more.
   */
  List<String> handOver(Path successor) throws IOException {
    if (replaced == null) {
      return List.of();
    }
    ExtendedAttributes attributes = ExtendedAttributes.of(file);
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            successor, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes now = view.readAttributes();
    try {
      if (!now.group().equals(replaced.group())) {
        view.setGroup(replaced.group());
      }
      if (!now.owner().equals(replaced.owner())) {
        view.setOwner(replaced.owner());
      }
    } catch (IOException e) {
      // Only the administrator may give files away.
    }
    view.setPermissions(replaced.permissions());
    List<String> failed = attributes.giveTo(successor);
    if (failed.stream().anyMatch(ExtendedAttributes::isAccessList)) {
      // With a list, the group's permissions are the list's mask.
      Set<PosixFilePermission> permissions = EnumSet.copyOf(replaced.permissions());
      permissions.removeAll(GROUPS);
      view.setPermissions(permissions);
    }
    return failed.stream().map(name -> "the file could not keep its attribute " + name).toList();
  }
}
