package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;
import stops.opencl.ChildJvm;
import stops.opencl.TestDevice;

/** Calls to drivers leave the JVM's signal handlers and threads as they were. */
final class JoclClTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theJvmKeepsItsSignalHandlersAndGetsNoThreadsOfJocl() throws Exception {
    assertUsesTheDevice(List.of());
  }

  /** OpenCL compilers accept only ASCII digits. */
  @Test
  void programsAreBuiltWhereNumbersAreWrittenInOtherDigits() throws Exception {
    assertUsesTheDevice(List.of("-Duser.language=ar", "-Duser.country=EG"));
  }

  private void assertUsesTheDevice(List<String> options) throws Exception {
    Required.machine(Files.isDirectory(Path.of("/proc/self")), "threads are looked up in /proc");
    TestDevice.openCl();
    String output =
        ChildJvm.run(
            JoclClMain.class,
            Map.of("POCL_CACHE_DIR", folder.resolve("kernels").toString()),
            options,
            folder.resolve("programs").toString());
    assertEquals("handlers kept: true\nthreads of JOCL: 0\n", output);
  }
}
