package stops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.opencl.ChildJvm;
import stops.opencl.TestDevice;

/** How many classes somebody has to know who follows an array to a device and back. */
final class WayTest {
  private static final int MOST_CLASSES = 30;

  @TempDir Path folder = Path.of("");

  @Test
  void anArrayEntersFewClassesOnItsWayToADeviceAndBack() throws Exception {
    String device = TestDevice.of(TestDevice.openCl()).id();
    String output = ChildJvm.run(WayMain.class, Map.of(), List.of(), device, folder.toString());
    List<String> entered = output.lines().filter(line -> line.startsWith("enters ")).toList();
    System.out.println("An array to a device and back enters " + entered.size() + " classes:");
    entered.forEach(System.out::println);
    assertTrue(entered.contains("enters stops.engine.pool.DeviceCall"), output);
    assertTrue(entered.size() <= MOST_CLASSES, output);
  }
}
