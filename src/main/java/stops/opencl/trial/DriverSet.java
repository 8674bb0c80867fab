package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.opencl.api.OwnProcess;
import stops.opencl.api.RegisteredDriver;

/**
 * Which of the registered drivers the OpenCL library is to load: all, or those that a private
 * folder names. Immutable.
 *
 * @param drivers those that are used
 * @param all whether that is all there are
 */
record DriverSet(List<RegisteredDriver> drivers, boolean all) {
  /** No driver: OpenCL is not to be used. */
  static final DriverSet NONE = new DriverSet(List.of(), false);

  private static final String VARIABLE = "OCL_ICD_VENDORS";

  DriverSet {
    drivers = List.copyOf(drivers);
  }

  boolean isNone() {
    return !all && drivers.isEmpty();
  }

  /** What the OpenCL library is told by its environment, before it is loaded. */
  Map<String, String> environment(PrivateFolder cache) throws IOException {
    return all ? Map.of() : Map.of(VARIABLE, folder(cache).toString());
  }

  /** The same as the user would set it. */
  String setting(PrivateFolder cache) throws IOException {
    return VARIABLE + "=" + folder(cache);
  }

  private Path folder(PrivateFolder cache) throws IOException {
    String name = "vendors-" + Fingerprint.of(ProbeMemory.key(drivers)).substring(0, 16);
    Path about = cache.putFile(name, "about.txt", "drivers that did not fail\n".getBytes(UTF_8));
    for (RegisteredDriver driver : drivers) {
      byte[] content = Files.readAllBytes(driver.file());
      cache.putFile(name, String.valueOf(driver.file().getFileName()), content);
    }
    return about.toAbsolutePath().resolveSibling("");
  }

  /**
   * Tells the OpenCL library of this process, which must be {@linkplain OwnProcess Stops' own} and
   * must not have used it yet.
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
