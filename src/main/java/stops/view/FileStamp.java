package stops.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import stops.image.ImageException;

/**
 * What tells a file from one that took its place.
 *
 * @param key the file system's name of it; null if it has none
 */
record FileStamp(long bytes, FileTime modified, @Nullable Object key) {

  static FileStamp of(Path path) throws ImageException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return new FileStamp(found.size(), found.lastModifiedTime(), found.fileKey());
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    }
  }

  /** Fails if the file is no longer the one of this stamp. */
  void check(Path path, String name) throws ViewProblem {
    try {
      if (equals(of(path))) {
        return;
      }
    } catch (ImageException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        throw new ViewProblem(
            ViewProblem.CHANGED, name + ": the file is gone; put it back and load it again");
      }
      throw new ViewProblem(ViewProblem.UNREADABLE, String.valueOf(e.getMessage()));
    }
    throw new ViewProblem(
        ViewProblem.CHANGED, name + ": was replaced or changed while it was shown; load it again");
  }
}
