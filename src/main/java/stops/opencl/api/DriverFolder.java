package stops.opencl.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The OpenCL drivers registered on this machine. Usually a folder has a file for each. The
 * environment may select another folder, or a single file or library. Each entry stands for itself:
 * one that names no driver is a problem and does not affect the others.
 *
 * @param drivers the drivers, ordered by the names of their files; none on systems that register
 *     drivers in another way
 * @param problems one line for each file that names no driver
 * @param harmless whether the OpenCL library can read all the files without harm
 */
public record DriverFolder(
    List<RegisteredDriver> drivers, List<String> problems, boolean harmless) {
  /** The folder that the OpenCL library reads unless the environment selects another. */
  private static final String USUAL = "/etc/OpenCL/vendors";

  /** Selects a folder, a file that names a library, or a library. */
  private static final String ONE_OR_ALL = "OCL_ICD_VENDORS";

  /** Selects a folder if {@link #ONE_OR_ALL} is not set. */
  private static final String FOLDER = "OPENCL_VENDOR_PATH";

  private static final String ENDING = ".icd";

  /**
   * The most bytes of a file, far above a path. The OpenCL library reads a whole file, of any size.
   */
  private static final int MOST_BYTES = 1 << 16;

  public DriverFolder {
    drivers = List.copyOf(drivers);
    problems = List.copyOf(problems);
  }

  /** The path of the folder, or of the single file or library. */
  public static Path path() {
    return Path.of(selected(System.getenv()));
  }

  private static String selected(Map<String, String> environment) {
    String one = environment.getOrDefault(ONE_OR_ALL, "");
    if (!one.isEmpty()) {
      return one;
    }
    String folder = environment.getOrDefault(FOLDER, "");
    return folder.isEmpty() ? USUAL : folder;
  }

  /**
   * Reads the folder.
   *
   * @throws IOException if the folder cannot be read
   */
  public static DriverFolder read() throws IOException {
    return read(System.getenv());
  }

  static DriverFolder read(Map<String, String> environment) throws IOException {
    String selected = selected(environment);
    Entries entries = new Entries();
    try {
      Path path = Path.of(selected);
      if (Files.isDirectory(path)) {
        for (Path file : files(path)) {
          entries.add(file);
        }
      } else if (!environment.getOrDefault(ONE_OR_ALL, "").isEmpty()) {
        if (selected.endsWith(ENDING)) {
          entries.add(path);
        } else {
          entries.drivers.add(new RegisteredDriver(path, selected));
        }
      } else if (!selected.equals(USUAL)) {
        entries.refuse(path, "is no folder");
      }
    } catch (IOException | InvalidPathException e) {
      throw new IOException(DriverText.line(selected) + " cannot be read", e);
    }
    return new DriverFolder(entries.drivers, entries.problems, entries.harmless);
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      files.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found.stream().sorted().toList();
  }

  /** The entries read so far. */
  private static final class Entries {
    final List<RegisteredDriver> drivers = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    boolean harmless = true;

    void add(Path file) {
      // The OpenCL library skips a folder and a file that is absent or not readable. On a pipe, it
      // hangs.
      if (!Files.exists(file)) {
        refuse(file, "leads to no file");
      } else if (Files.isDirectory(file)) {
        refuse(file, "is no ordinary file");
      } else if (!Files.isReadable(file)) {
        refuse(file, "cannot be read");
      } else {
        addReadable(file);
      }
    }

    private void addReadable(Path file) {
      try {
        if (!Files.isRegularFile(file)) {
          refuse(file, "is no ordinary file");
          harmless = false;
          return;
        }
        long bytes = Files.size(file);
        if (bytes == 0) {
          // Such a file may be one of the system's that never end.
          refuse(file, "is empty");
        } else if (bytes > MOST_BYTES) {
          refuse(file, "has " + bytes + " bytes, not a path");
          harmless = false;
        } else {
          addLibrary(file, library(file));
        }
      } catch (CharacterCodingException e) {
        refuse(file, "has bytes that are no text in UTF-8");
        harmless = false;
      } catch (IOException e) {
        refuse(file, "cannot be read");
        harmless = false;
      }
    }

    private void addLibrary(Path file, String library) {
      if (library.isBlank()) {
        refuse(file, "has nothing on its first line");
        harmless = false;
      } else {
        drivers.add(new RegisteredDriver(file, library));
      }
    }

    /** The first line of {@code file}, as the OpenCL library reads it. */
    private static String library(Path file) throws IOException {
      byte[] content;
      try (InputStream stream = Files.newInputStream(file)) {
        content = stream.readNBytes(MOST_BYTES);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      int end = text.indexOf('\n');
      String line = end < 0 ? text : text.substring(0, end);
      if (line.indexOf('\0') >= 0) {
        throw new CharacterCodingException();
      }
      return line;
    }

    void refuse(Path file, String why) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s names no OpenCL driver: it %s",
              DriverText.line(file.toString()),
              why));
    }
  }
}
