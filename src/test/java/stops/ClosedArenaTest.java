package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.opencl.ChildJvm;
import stops.opencl.TestDevice;

/** An arena that its owner closes during a conversion costs neither the process nor a device. */
class ClosedArenaTest {
  private static final int ROUNDS = 300;

  static Stream<String> devices() {
    return Stream.of("cpu", TestDevice.of(TestDevice.openCl()).id(), "all");
  }

  @ParameterizedTest
  @MethodSource("devices")
  void closingAnArenaDuringAConversion(String device) throws Exception {
    String output = ChildJvm.run(ClosedArenaMain.class, Map.of(), List.of(), device, ROUNDS + "");
    assertFalse(output.contains("fault"), output);
    assertEquals(ROUNDS, value(output, "converted") + value(output, "refused"), output);
  }

  private static int value(String output, String name) {
    return output
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 1)))
        .sum();
  }
}
