package stops.opencl.api;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jocl.NativePointerObject;
import stops.cache.PrivateFolder;

/**
 * Loads the native part of the OpenCL binding. Where {@code java.library.path} does not have it, it
 * is put into a private folder, whole and at once, and loaded from there. The binding itself would
 * extract it to a fixed name in the shared folder for temporary files, where anyone may have put
 * another library, and where a second program that starts meanwhile would load a half-written one.
 */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Loads it, or fails as the binding fails. Loading again is harmless.
   *
   * @throws LinkageError if the library or the system's OpenCL library cannot be loaded
   * @throws IllegalCallerException if Java does not let Stops load libraries
   * @throws IOException if there is no place for the library
   */
  public static Cl load(PrivateFolder cache) throws IOException {
    SystemLibrary.require();
    synchronized (NativeLibrary.class) {
      String file = fileName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
      if (!onLibraryPath(file)) {
        BindingLoader.loadFrom(extract(cache, file));
      }
      initialise();
    }
    return new JoclCl();
  }

  /**
   * What the binding calls its library. It could be asked, but asking it would load the class that
   * {@link BindingLoader} has to load first.
   */
  static String fileName(String os, String architecture) {
    String machine =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> architecture;
        };
    String name = "JOCL_2_0_6-";
    if (os.startsWith("Windows")) {
      return name + "windows-" + machine + ".dll";
    }
    return os.startsWith("Mac")
        ? "lib" + name + "apple-" + machine + ".dylib"
        : "lib" + name + "linux-" + machine + ".so";
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
        // The JVM finds nothing there either.
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
