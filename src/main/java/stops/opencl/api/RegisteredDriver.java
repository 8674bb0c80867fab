package stops.opencl.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * An OpenCL driver that is registered with the system's OpenCL library.
 *
 * @param file the file that names its library
 * @param library the library: a path, or a name that the dynamic linker searches for
 */
public record RegisteredDriver(Path file, String library) {

  /** A text that identifies the driver. It changes when another library takes its place. */
  public String key() {
    return String.format(Locale.ROOT, "%s %s %s", file, library, build());
  }

  private String build() {
    Optional<Path> found = LinkerPath.find(library);
    if (found.isEmpty()) {
      return "found by the linker";
    }
    try {
      Path path = found.get().toRealPath();
      return String.format(
          Locale.ROOT, "%s %d %s", path, Files.size(path), Files.getLastModifiedTime(path));
    } catch (IOException e) {
      return "unreadable";
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "OpenCL driver %s of %s",
        DriverText.printable(library),
        DriverText.printable(file.toString()));
  }
}
