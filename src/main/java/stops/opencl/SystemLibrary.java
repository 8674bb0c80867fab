package stops.opencl;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The system's OpenCL library and the drivers that are registered with it. Neither says why
 * something is absent: the binding prints to standard error behind Java's back, the library leaves
 * a driver out. So they are looked at here.
 */
final class SystemLibrary {
  private SystemLibrary() {}

  /**
   * Fails, with what to do, unless there is an OpenCL library.
   *
   * @throws UnsatisfiedLinkError if none can be loaded
   */
  static void require() {
    String os = System.getProperty("os.name", "");
    if (os.startsWith("Mac")) {
      return; // Its framework is part of the system.
    }
    List<String> names =
        os.startsWith("Windows")
            ? List.of("OpenCL.dll")
            : List.of("libOpenCL.so.1", "libOpenCL.so");
    if (names.stream().noneMatch(SystemLibrary::loads)) {
      throw new UnsatisfiedLinkError(
          names.getFirst()
              + " is not installed or cannot be loaded (Debian: ocl-icd-libopencl1; otherwise it"
              + " comes with the graphics driver)");
    }
  }

  /** A line for each driver that is registered in a file but cannot be loaded. */
  static List<String> missingDrivers() {
    String chosen = System.getenv("OCL_ICD_VENDORS");
    Path folder = Path.of(chosen == null ? "/etc/OpenCL/vendors" : chosen);
    List<String> missing = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return missing;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.icd")) {
      for (Path file : files) {
        String library = Files.readString(file).strip();
        if (!loads(library)) {
          missing.add(
              "%s names the OpenCL driver %s, which cannot be loaded".formatted(file, library));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      missing.add("%s cannot be read: %s".formatted(folder, e.getMessage()));
    }
    return missing;
  }

  private static boolean loads(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup lookup = SymbolLookup.libraryLookup(library, arena);
      return lookup != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
