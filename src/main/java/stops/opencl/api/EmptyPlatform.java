package stops.opencl.api;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explains why a platform has no device, with the setting that helps if one is known. */
public final class EmptyPlatform {
  private static final String POCL = "Portable Computing Language";
  private static final String RUSTICL = "rusticl";

  private EmptyPlatform() {}

  /**
   * One line about {@code platform}. {@code environment} has the environment variables of its
   * driver.
   */
  public static String describe(PlatformQuery platform, Map<String, String> environment) {
    String line = String.format(Locale.ROOT, "OpenCL %s, has no device", platform.where());
    String why =
        switch (platform.name()) {
          case POCL -> withoutCache(environment);
          case RUSTICL -> withoutDrivers(environment);
          default -> null;
        };
    return why == null ? line : line + ": " + why;
  }

  private static @Nullable String withoutCache(Map<String, String> environment) {
    String folder = poclCache(environment);
    return canBeWritten(folder)
        ? null
        : String.format(
            Locale.ROOT,
            "PoCL needs a cache folder it can write, and %s is none; set POCL_CACHE_DIR to one",
            DriverText.printable(folder));
  }

  /** The folder of PoCL's compiled kernels. */
  private static String poclCache(Map<String, String> environment) {
    String chosen = environment.get("POCL_CACHE_DIR");
    if (chosen != null) {
      return chosen;
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty()) {
      return cache + "/pocl/kcache";
    }
    String home = environment.get("HOME");
    return home == null ? "/tmp/pocl/kcache" : home + "/.cache/pocl/kcache";
  }

  /** Whether {@code folder} is writable or can be created. */
  private static boolean canBeWritten(String folder) {
    try {
      Path path = Path.of(folder).toAbsolutePath();
      while (path != null && !Files.exists(path)) {
        path = path.getParent();
      }
      return path != null && Files.isDirectory(path) && Files.isWritable(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static @Nullable String withoutDrivers(Map<String, String> environment) {
    return environment.getOrDefault("RUSTICL_ENABLE", "").isEmpty()
        ? "rusticl uses only the drivers that RUSTICL_ENABLE names, for instance llvmpipe"
        : null;
  }
}
