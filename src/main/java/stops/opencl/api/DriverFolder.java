package stops.opencl.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL drivers registered on this machine, read from the folder whose files name them.
 *
 * @param drivers the drivers, ordered by the names of their files; none on systems that register
 *     drivers in another way
 * @param problems one line for each file that names no driver
 * @param harmless whether the OpenCL library can read all the files without harm
 */
public record DriverFolder(
    List<RegisteredDriver> drivers, List<String> problems, boolean harmless) {
  /**
   * The most bytes of a file, far above a path. The OpenCL library reads a whole file, of any size.
   */
  private static final long MOST_BYTES = 1 << 16;

  public DriverFolder {
    drivers = List.copyOf(drivers);
    problems = List.copyOf(problems);
  }

  /** The path of the folder. */
  public static Path path() {
    String chosen = System.getenv("OCL_ICD_VENDORS");
    return Path.of(chosen == null || chosen.isEmpty() ? "/etc/OpenCL/vendors" : chosen);
  }

  /**
   * Reads the folder.
   *
   * @throws IOException if the folder cannot be read
   */
  public static DriverFolder read() throws IOException {
    List<RegisteredDriver> drivers = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean harmless = true;
    if (Files.isDirectory(path())) {
      for (Path file : files()) {
        String why = whyNone(file);
        if (why == null) {
          drivers.add(new RegisteredDriver(file, text(file)));
        } else {
          problems.add(
              String.format(
                  Locale.ROOT,
                  "%s names no OpenCL driver: it %s",
                  DriverText.printable(file.toString()),
                  why));
          // The OpenCL library skips a folder and a file that is absent or not readable. On a pipe,
          // it hangs.
          harmless &= Files.isDirectory(file) || !Files.isReadable(file);
        }
      }
    }
    return new DriverFolder(drivers, problems, harmless);
  }

  private static List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path(), "*.icd")) {
      files.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found.stream().sorted().toList();
  }

  private static @Nullable String whyNone(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "leads to no file";
    }
    if (!Files.isRegularFile(file)) {
      return "is no ordinary file";
    }
    if (!Files.isReadable(file)) {
      return "cannot be read";
    }
    long bytes = Files.size(file);
    return bytes <= MOST_BYTES ? null : "has " + bytes + " bytes, not a path";
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8).strip();
  }
}
