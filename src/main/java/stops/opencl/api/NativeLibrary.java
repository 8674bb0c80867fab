package stops.opencl.api;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jocl.LibUtils;
import stops.cache.PrivateFolder;

/**
 * Loads the native part of the OpenCL binding. Where {@code java.library.path} does not have it, it
 * is put into a private folder, whole and at once. The binding itself would extract it to a fixed
 * name in the shared folder for temporary files, where anyone may have put another library, and
 * where a second program that starts meanwhile would load a half-written one.
 */
public final class NativeLibrary {
  private static final String NAME = "JOCL_2_0_6";
  private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

  private NativeLibrary() {}

  /**
   * Loads it, or fails as the binding fails. Loading again is harmless.
   *
   * @throws LinkageError if the library or the system's OpenCL library cannot be loaded
   * @throws IOException if there is no place for the library
   */
  public static Cl load(PrivateFolder cache) throws IOException {
    String file = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(NAME));
    SystemLibrary.require();
    synchronized (NativeLibrary.class) {
      if (onLibraryPath(file)) {
        initialise();
      } else {
        String folder = String.valueOf(extract(cache, file).toAbsolutePath().getParent());
        // The binding reads this property for its own extraction, and takes a file that is there.
        String before = System.getProperty(TEMPORARY_FOLDER);
        System.setProperty(TEMPORARY_FOLDER, folder);
        try {
          initialise();
        } finally {
          if (before == null) {
            System.clearProperty(TEMPORARY_FOLDER);
          } else {
            System.setProperty(TEMPORARY_FOLDER, before);
          }
        }
      }
    }
    return new JoclCl();
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
    try (InputStream resource = LibUtils.class.getResourceAsStream("/lib/" + file)) {
      if (resource == null) {
        throw new IOException("the OpenCL binding has no native library " + file);
      }
      return cache.putFile("native", file, resource.readAllBytes());
    }
  }
}
