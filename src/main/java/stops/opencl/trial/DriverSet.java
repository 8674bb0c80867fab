package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.opencl.api.OwnProcess;
import stops.opencl.api.RegisteredDriver;

/**
 * The drivers that the OpenCL library loads: all registered ones, or those listed in a private
 * folder. Immutable.
 *
 * @param drivers the drivers to load
 * @param all whether {@code drivers} are all registered drivers
 */
record DriverSet(List<RegisteredDriver> drivers, boolean all) {
  /** No driver: OpenCL is not used. */
  static final DriverSet NONE = new DriverSet(List.of(), false);

  private static final String VARIABLE = "OCL_ICD_VENDORS";

  DriverSet {
    drivers = List.copyOf(drivers);
  }

  boolean isNone() {
    return !all && drivers.isEmpty();
  }

  /**
   * The environment variables that select the drivers. They must be set before the OpenCL library
   * is loaded.
   */
  Map<String, String> environment(PrivateFolder cache) throws IOException {
    return all ? Map.of() : Map.of(VARIABLE, folder(cache).toString());
  }

  /** The environment variable as a user would set it. */
  String setting(PrivateFolder cache) throws IOException {
    return VARIABLE + "=" + folder(cache);
  }

  private Path folder(PrivateFolder cache) throws IOException {
    List<String> parts = new ArrayList<>();
    drivers.forEach(driver -> parts.add(name(driver) + " " + driver.library()));
    String name = "vendors-" + Fingerprint.of(parts.toArray(String[]::new)).substring(0, 16);
    Path about = cache.putFile(name, "about.txt", "drivers that did not fail\n".getBytes(UTF_8));
    for (RegisteredDriver driver : drivers) {
      cache.putFile(name, name(driver), driver.registration());
    }
    return about.toAbsolutePath().resolveSibling("");
  }

  /** The name of a file for {@code driver}. It sorts as the original, whose name may be no text. */
  private String name(RegisteredDriver driver) {
    String original =
        String.valueOf(driver.file().getFileName()).replaceAll("[^A-Za-z0-9._-]|\\.icd$", "");
    return String.format(Locale.ROOT, "%03d-%s.icd", drivers.indexOf(driver), original);
  }

  /**
   * Sets the environment variables in this process. The process must be {@linkplain OwnProcess
   * Stops' own} and must not have loaded the OpenCL library yet.
   */
  void apply(PrivateFolder cache) throws IOException {
    for (Map.Entry<String, String> entry : environment(cache).entrySet()) {
      setEnvironment(entry.getKey(), entry.getValue());
    }
  }

  private static void setEnvironment(String name, String value) throws IOException {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int status =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("setenv"),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (status != 0) {
        throw new IOException("setenv " + name + " failed");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("setenv " + name + " failed: " + e, e);
    }
  }
}
