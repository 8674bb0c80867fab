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
 * The folder whose files name the OpenCL drivers of this machine.
 *
 * @param drivers the drivers, by name of their files; none where they are registered in another way
 * @param problems one line for each file that names no driver
 * @param harmless whether the OpenCL library can read all the files without harm
 */
public record DriverFolder(
    List<RegisteredDriver> drivers, List<String> problems, boolean harmless) {
  /** A path has fewer. The OpenCL library reads all of a file, however large it is. */
  private static final long MOST_BYTES = 1 << 16;

  public DriverFolder {
    drivers = List.copyOf(drivers);
    problems = List.copyOf(problems);
  }

  /** Where it is. */
  public static Path path() {
    String chosen = System.getenv("OCL_ICD_VENDORS");
    return Path.of(chosen == null || chosen.isEmpty() ? "/etc/OpenCL/vendors" : chosen);
  }

  /**
   * What is there now.
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
          // A folder, or what is not there or not readable, is passed over by the OpenCL library;
          // a pipe it waits for.
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
