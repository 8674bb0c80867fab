package stops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stops.opencl.ChildJvm;
import stops.opencl.TestDevice;

/** A program that opens and closes devices again and again keeps nothing of them. */
class OpenAndCloseTest {
  private static final int ROUNDS = 150;

  /** In 100 rounds Java's compilers and PoCL take about 12 MiB; what is kept of each adds up. */
  private static final long MOST_GROWTH_KIB = 28 << 10;

  @Test
  void openingAndClosingADeviceTakesNoMoreMemoryEachTime() throws Exception {
    String device = TestDevice.of(TestDevice.openCl()).id();
    List<String> flags = List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");
    String output = ChildJvm.run(OpenAndCloseMain.class, Map.of(), flags, device, ROUNDS + "");
    long growth = value(output, "late") - value(output, "early");
    assertTrue(growth < MOST_GROWTH_KIB, output);
  }

  private static long value(String output, String name) {
    return output
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .sum();
  }
}
