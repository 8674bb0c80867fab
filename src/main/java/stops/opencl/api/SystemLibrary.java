package stops.opencl.api;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/**
 * Checks that the system's OpenCL library and its drivers can be loaded. Without this check a
 * missing library is not reported properly: the binding prints to standard error from native code,
 * and the OpenCL library skips drivers silently.
 */
public final class SystemLibrary {
  private SystemLibrary() {}

  /**
   * Fails unless there is an OpenCL library. The message says how to install one.
   *
   * @throws UnsatisfiedLinkError if no OpenCL library can be loaded
   */
  static void require() {
    String os = System.getProperty("os.name", "");
    if (os.startsWith("Mac")) {
      return; // The OpenCL framework is part of macOS.
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
   * Whether the system can load {@code library}, a path or a name. This runs the initialisers of
   * the library.
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
