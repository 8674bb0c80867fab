package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;
import stops.opencl.ChildJvm;
import stops.opencl.ProbeMain;
import stops.opencl.TestDevice;

/** The message about a platform without devices names the setting that helps. */
final class EmptyPlatformTest {
  private static final PlatformQuery POCL =
      new PlatformQuery(0, "Portable Computing Language", "The pocl project", "OpenCL 3.0");
  private static final String NONE =
      "OpenCL platform 0, Portable Computing Language, has no device";

  @TempDir Path folder = Path.of("");

  private static String help(Object cache) {
    return NONE
        + ": PoCL needs a cache folder it can write, and "
        + cache
        + " is none; set POCL_CACHE_DIR to one";
  }

  @Test
  void poclsCacheFolderIsWhereItLooksForIt() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(
        help(file.resolve("cache")),
        EmptyPlatform.describe(POCL, Map.of("POCL_CACHE_DIR", file + "/cache", "HOME", "/")));
    assertEquals(
        help(file.resolve("pocl/kcache")),
        EmptyPlatform.describe(POCL, Map.of("XDG_CACHE_HOME", file.toString(), "HOME", "/")));
    assertEquals(
        help(file.resolve(".cache/pocl/kcache")),
        EmptyPlatform.describe(POCL, Map.of("XDG_CACHE_HOME", "", "HOME", file.toString())));
  }

  @Test
  void whereTheFolderCanBeMadeSomethingElseIsTheReason() {
    assertEquals(
        NONE, EmptyPlatform.describe(POCL, Map.of("POCL_CACHE_DIR", folder + "/not/yet/there")));
    assertEquals(
        "OpenCL platform 1, Clover, has no device",
        EmptyPlatform.describe(
            new PlatformQuery(1, "Clover", "Mesa", "OpenCL 1.1"), Map.of("HOME", "/dev/null")));
  }

  @Test
  void rusticlHasNoDeviceUnlessItIsToldWhichDriversToUse() {
    PlatformQuery rusticl = new PlatformQuery(2, "rusticl", "Mesa/X.org", "OpenCL 3.0 ");
    String line = EmptyPlatform.describe(rusticl, Map.of());
    assertTrue(line.contains("RUSTICL_ENABLE"), line);
    assertEquals(
        "OpenCL platform 2, rusticl, has no device",
        EmptyPlatform.describe(rusticl, Map.of("RUSTICL_ENABLE", "iris")));
  }

  @Test
  void poclItselfHasNoDeviceWithoutItsCacheFolder() throws Exception {
    OpenClDevice device = TestDevice.of(TestDevice.openCl());
    Required.machine(device.platformName().equals(POCL.name()), "PoCL is not what is installed");
    String output =
        ChildJvm.run(ProbeMain.class, Map.of("POCL_CACHE_DIR", "/dev/null/cache"), List.of());
    assertTrue(
        output.contains("Portable Computing Language, has no device: PoCL needs a cache folder"),
        output);
  }
}
