package stops.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.engine.pool.EnginePool;
import stops.opencl.api.OpenClDevice.Type;

class DeviceChoiceTest {
  private final FakeDevices machine =
      new FakeDevices()
          .with("0:0", "pthread-skylake", Type.CPU)
          .with("1:0", "Radeon", Type.GPU)
          .with("1:1", "GeForce", Type.GPU)
          .with("2:0", "Board", Type.ACCELERATOR);

  private static List<String> open(String text, FakeDevices machine) throws DeviceUnavailable {
    try (EnginePool pool = DeviceChoice.of(text, () -> machine, new MemorySpeeds()).open()) {
      return pool.uses().stream().map(use -> use.engine().id()).toList();
    }
  }

  private static String refusal(String text, FakeDevices machine) {
    return String.valueOf(
        assertThrows(DeviceUnavailable.class, () -> open(text, machine)).getMessage());
  }

  @Test
  void eachNameTakesWhatItNames() throws Exception {
    assertEquals(List.of("cpu"), open("cpu", machine));
    assertEquals(List.of("1:0"), open("opencl", machine));
    assertEquals(List.of("0:0", "1:0", "1:1", "2:0", "cpu"), open("all", machine));
    assertEquals(List.of("1:1"), open("1:1", machine));
    assertEquals(List.of("1:1"), open("geforce", machine));
    assertEquals(List.of("0:0"), open("build0", machine));
    assertEquals(List.of("1:0", "1:1"), open("Platform 1", machine));
    assertEquals(List.of("2:0", "cpu"), open("2:0, CPU", machine));
    assertEquals(List.of("1:0", "1:1"), open("1:0,platform 1", machine));
  }

  @Test
  void aCardThatTwoDriversServeWorksOnce() throws Exception {
    FakeDevices twice =
        new FakeDevices()
            .with("0:0", "GeForce", Type.GPU, "uuid=1 pci=0000:01:00.0")
            .with("0:1", "GeForce", Type.GPU, "uuid=2 pci=0000:02:00.0")
            .with("1:0", "NV160", Type.GPU, "uuid=3 pci=0000:02:00.0")
            .with("1:1", "NV160", Type.GPU, "uuid=4 pci=0000:03:00.0");
    assertEquals(List.of("0:0", "0:1", "1:1", "cpu"), open("all", twice));
    assertEquals(List.of("0:1", "1:0"), open("0:1,1:0", twice));
    assertEquals(List.of("1:0", "1:1"), open("nv160", twice));
    FakeDevices firstBroken =
        new FakeDevices()
            .withBroken("0:0", "GeForce", Type.GPU, "pci=0000:01:00.0")
            .with("1:0", "NV160", Type.GPU, "uuid=3 pci=0000:01:00.0");
    assertEquals(List.of("1:0", "cpu"), open("all", firstBroken));
  }

  @Test
  void partsOfACardOfOneDriverAreDevicesOfTheirOwn() throws Exception {
    FakeDevices parts =
        new FakeDevices()
            .with("0:0", "MIG 1g", Type.GPU, "uuid=1 pci=0000:01:00.0")
            .with("0:1", "MIG 1g", Type.GPU, "uuid=2 pci=0000:01:00.0");
    assertEquals(List.of("0:0", "0:1", "cpu"), open("all", parts));
  }

  @Test
  void whatIsOpenedIsClosed() throws Exception {
    open("all", machine);
    assertEquals(machine.opened, machine.closed.reversed());
  }

  @Test
  void openclMeansAnyDeviceButAGpuFirst() throws Exception {
    assertEquals(
        List.of("2:0"),
        open(
            "opencl",
            new FakeDevices()
                .with("0:0", "driver", Type.CPU)
                .withBroken("1:0", "Radeon", Type.GPU)
                .with("2:0", "Board", Type.ACCELERATOR)));
    assertEquals(List.of("0:0"), open("opencl", new FakeDevices().with("0:0", "x", Type.CPU)));
  }

  @Test
  void aDeviceThatIsAbsentIsRefusedWithWhatThereIs() {
    assertEquals(
        "no OpenCL device '7:0': there is 0:0 pthread-skylake, 1:0 Radeon, 1:1 GeForce, 2:0 Board",
        refusal("7:0", machine));
    assertEquals(
        "no OpenCL device 'opencl': no OpenCL library can be loaded: libOpenCL.so.1",
        refusal(
            "opencl",
            new FakeDevices().withProblem("no OpenCL library can be loaded: libOpenCL.so.1")));
    assertEquals("no OpenCL device 'arc': there is none", refusal("arc", new FakeDevices()));
  }

  @Test
  void aDeviceThatDoesNotOpenIsRefusedWithTheReasonAndTheOthersAreClosed() {
    FakeDevices some =
        new FakeDevices().with("0:0", "good", Type.GPU).withBroken("0:1", "bad", Type.GPU);
    assertEquals(
        "no OpenCL device '0:1' can be used: clBuildProgram: broken on 0:1 bad",
        refusal("0:0,0:1", some));
    assertEquals(List.of("0:0"), some.closed);
  }

  @Test
  void allLeavesOutWhatDoesNotOpen() throws Exception {
    assertEquals(
        List.of("0:0", "cpu"),
        open(
            "all",
            new FakeDevices().with("0:0", "good", Type.GPU).withBroken("0:1", "bad", Type.GPU)));
    assertEquals(List.of("cpu"), open("all", new FakeDevices()));
  }

  @Test
  void whereThereIsNoDeviceForAllTheReasonSaysWhy() throws Exception {
    FakeDevices none =
        new FakeDevices().withProblem("a driver is left out").withBroken("0:1", "bad", Type.GPU);
    try (EnginePool pool = DeviceChoice.of("all", () -> none, new MemorySpeeds()).open()) {
      assertEquals(
          "asked for by 'all'; no OpenCL device: a driver is left out;"
              + " clBuildProgram: broken on 0:1 bad",
          pool.uses().getFirst().reason());
    }
  }

  @Test
  void autoBeginsOnTheCpuAndAsksNoDriver() throws Exception {
    assertEquals(List.of("cpu"), open("auto", machine));
    assertFalse(machine.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "cpu,", "auto,cpu", "0:0,auto"})
  void whatNamesNothingIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> DeviceChoice.of(text));
  }

  @Test
  void theReasonSaysHowADeviceWasAskedFor() throws Exception {
    try (EnginePool pool = DeviceChoice.of("GeForce", () -> machine, new MemorySpeeds()).open()) {
      assertTrue(pool.uses().getFirst().reason().contains("'geforce'"));
    }
  }
}
