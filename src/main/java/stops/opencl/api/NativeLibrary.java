package stops.opencl.api;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jocl.LibUtils;
import org.jocl.NativePointerObject;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;

/**
 * Loads the native library of the OpenCL binding from {@code java.library.path}. The binding itself
 * would extract the library to a fixed name in the shared temporary folder. There, another user
 * could replace it, or a second program could load it half-written. If the path lacks the library,
 * Stops puts it into a private folder. The error message then says how to start the program.
 */
public final class NativeLibrary {
  private static final String NAME = "JOCL_2_0_6";

  private NativeLibrary() {}

  /**
   * Loads the library. Loading it again is harmless.
   *
   * @throws LinkageError if the library or the system's OpenCL library cannot be loaded; the
   *     message says what to do
   * @throws IllegalCallerException if Java does not let Stops load libraries
   * @throws IOException if there is no place for the library
   */
  public static Cl load(PrivateFolder cache) throws IOException {
    SystemLibrary.require();
    synchronized (NativeLibrary.class) {
      String name = LibUtils.createPlatformLibraryName(NAME);
      String file = LibUtils.createLibraryFileName(name);
      Path present = onLibraryPath(file);
      if (present == null) {
        throw new UnsatisfiedLinkError(
            String.format(
                Locale.ROOT,
                "Java does not find the OpenCL binding's library; start it with"
                    + " -Djava.library.path=%s",
                extract(cache, file).getParent()));
      }
      checkFree(name, present);
      initialise();
    }
    return new JoclCl();
  }

  /** A class of the OpenCL binding. */
  public static Class<?> binding() {
    return NativePointerObject.class;
  }

  /**
   * Fails if another class loader has loaded the library from {@code file}. The binding itself
   * would then extract the library to the temporary folder after all.
   */
  private static void checkFree(String name, Path file) {
    if (!isInThisProcess(file)
        || NativePointerObject.class.getClassLoader() != NativeLibrary.class.getClassLoader()) {
      return;
    }
    try {
      System.loadLibrary(name); // Does nothing if this class loader has loaded it.
    } catch (UnsatisfiedLinkError e) {
      throw new UnsatisfiedLinkError(
          "another class loader of this program has loaded the OpenCL binding, and Java allows only"
              + " one; put jocl-2.0.6.jar on the class path of a parent that both share");
    }
  }

  /** Whether {@code file} is loaded, as Linux tells. */
  private static boolean isInThisProcess(Path file) {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      String path = file.toRealPath().toString();
      return maps.anyMatch(line -> line.endsWith(" " + path));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static void initialise() {
    try {
      Class.forName("org.jocl.CL", true, NativeLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError("org.jocl.CL");
    } catch (UnsatisfiedLinkError e) {
      // The binding's message contains stack traces.
      throw new UnsatisfiedLinkError(
          String.valueOf(e.getMessage())
              .lines()
              .findFirst()
              .orElse("the binding cannot be loaded"));
    }
  }

  private static @Nullable Path onLibraryPath(String file) {
    for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
      try {
        if (!folder.isEmpty() && Files.isReadable(Path.of(folder, file))) {
          return Path.of(folder, file);
        }
      } catch (InvalidPathException e) {
        // The JVM does not search an invalid path either.
      }
    }
    return null;
  }

  private static Path extract(PrivateFolder cache, String file) throws IOException {
    try (InputStream resource = NativePointerObject.class.getResourceAsStream("/lib/" + file)) {
      if (resource == null) {
        throw new IOException("the OpenCL binding has no native library " + file);
      }
      return cache.putFile("native", file, resource.readAllBytes()).toAbsolutePath();
    }
  }
}
