package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Drivers leave the JVM the handlers of the signals that it works with. */
@EnabledOnOs(OS.LINUX)
final class SignalHandlersTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aDriverThatCompilesLeavesTheHandlersOfTheJvm() throws Exception {
    TestDevice.openCl();
    String output =
        ChildJvm.run(
            SignalHandlersMain.class,
            Map.of("POCL_CACHE_DIR", folder.resolve("kernels").toString()),
            List.of(),
            folder.resolve("programs").toString());
    assertEquals("true\n", output);
  }
}
