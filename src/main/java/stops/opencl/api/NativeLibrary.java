package stops.opencl.api;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jocl.LibUtils;
import org.jocl.NativePointerObject;
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
      String file = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(NAME));
      if (!onLibraryPath(file)) {
        throw new UnsatisfiedLinkError(
            String.format(
                Locale.ROOT,
                "Java does not find the OpenCL binding's library; start it with"
                    + " -Djava.library.path=%s",
                extract(cache, file).getParent()));
      }
      initialise();
    }
    return new JoclCl();
  }

  /** A class of the OpenCL binding. */
  public static Class<?> binding() {
    return NativePointerObject.class;
  }

  private static void initialise() {
    try {
      Class.forName("org.jocl.CL", true, NativeLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError("org.jocl.CL");
    }
  }

  private static boolean onLibraryPath(String file) {
    for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
      try {
        if (!folder.isEmpty() && Files.isReadable(Path.of(folder, file))) {
          return true;
        }
      } catch (InvalidPathException e) {
        // The JVM does not search an invalid path either.
      }
    }
    return false;
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
