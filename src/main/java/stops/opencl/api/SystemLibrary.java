package stops.opencl.api;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/**
 * The system's OpenCL library and the drivers that it loads. Nobody else says why one is absent:
 * the binding prints to standard error behind Java's back, the library leaves a driver out.
 */
public final class SystemLibrary {
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

  /**
   * Whether the system can load {@code library}, a path or a name. Runs what it runs at loading.
   */
  public static boolean loads(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup lookup = SymbolLookup.libraryLookup(library, arena);
      return lookup != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
