package stops.opencl.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Locale;

/**
 * An OpenCL driver that is registered with the system's OpenCL library.
 *
 * @param file the file that names its library, or the library itself
 * @param library the library: a path, or a name that the dynamic linker searches for
 */
public record RegisteredDriver(Path file, String library) {

  /** A text that identifies the driver. It changes when another library takes its place. */
  public String key() {
    return String.format(
        Locale.ROOT, "%s %s %s", file.toAbsolutePath(), library, LinkerPath.build(library));
  }

  /** The content of a file that registers this driver in another folder. */
  public byte[] registration() {
    return (library + "\n").getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "OpenCL driver %s of %s",
        DriverText.line(library),
        DriverText.line(file.toString()));
  }
}
