package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A driver that hangs or crashes cannot take the search for devices down. */
@Timeout(120)
final class DeviceProbeTest {

  @Test
  void aChildProcessFindsTheSameDevices() {
    OpenCl here = TestDevice.openCl();
    DeviceProbe.Answer there = DeviceProbe.ask(Duration.ofMinutes(1));
    assertEquals(here.devices(), there.devices());
    assertEquals(here.problems(), there.problems());
  }

  @Test
  void aDriverThatHangsIsReported() {
    DeviceProbe.Answer answer = DeviceProbe.ask(List.of("sleep", "1000"), Duration.ofMillis(200));
    assertEquals(List.of(), answer.devices());
    assertEquals(List.of("an OpenCL driver gave no answer within 0.2 s"), answer.problems());
  }

  @Test
  void aDriverThatCrashesIsReported() {
    DeviceProbe.Answer answer =
        DeviceProbe.ask(List.of("sh", "-c", "kill -SEGV $$"), Duration.ofMinutes(1));
    assertEquals(List.of(), answer.devices());
    assertTrue(
        answer.problems().getFirst().startsWith("an OpenCL driver brought the search"),
        answer.toString());
  }

  @Test
  void anAnswerThatIsNoneIsReported() {
    for (String printed : List.of("", "hello", "devices {", "devices []")) {
      DeviceProbe.Answer answer = DeviceProbe.ask(List.of("echo", printed), Duration.ofMinutes(1));
      assertEquals(List.of(), answer.devices());
      assertEquals(1, answer.problems().size(), printed);
    }
  }
}
