package stops.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import stops.engine.Engine;
import stops.engine.pool.EnginePool;
import stops.opencl.api.OpenClDevice.Type;

/** Devices that stay open are opened once, whatever they are called, and closed once. */
class OpenDevicesTest {
  private final FakeDevices machine =
      new FakeDevices()
          .with("0:0", "pthread-skylake", Type.CPU)
          .with("1:0", "Radeon", Type.GPU)
          .withBroken("1:1", "GeForce", Type.GPU);

  private static List<String> ids(EnginePool pool) {
    return pool.uses().stream().map(use -> use.engine().id()).toList();
  }

  @Test
  void eachDeviceIsOpenedOnceWhateverItIsCalled() throws Exception {
    try (OpenDevices open = new OpenDevices(machine, new MemorySpeeds())) {
      EnginePool pool = open.of(DeviceChoice.of("1:0"));
      assertEquals(List.of("1:0"), ids(pool));
      assertSame(pool, open.of(DeviceChoice.of("1:0")));
      assertEquals(List.of("1:0"), ids(open.of(DeviceChoice.of("radeon"))));
      assertSame(open.of(DeviceChoice.of("Radeon")), open.of(DeviceChoice.of("raDEON")));
      assertEquals(List.of("0:0", "1:0", "cpu"), ids(open.of(DeviceChoice.of("all"))));
      assertEquals(List.of("1:0", "0:0"), machine.opened);
      assertEquals(List.of(), machine.closed);
    }
    assertEquals(List.of("0:0", "1:0"), machine.closed);
  }

  @Test
  void whatIsNotUsedForLongIsClosedAndItsDeviceStaysOpen() throws Exception {
    try (OpenDevices open = new OpenDevices(machine, new MemorySpeeds())) {
      EnginePool first = open.of(DeviceChoice.of("1:0"));
      EnginePool second = open.of(DeviceChoice.of("1:0,cpu"));
      for (int i = 2; i < OpenDevices.MOST_CHOICES; i++) {
        assertEquals(
            List.of("1:0", "cpu"), ids(open.of(DeviceChoice.of("1:0" + ",cpu".repeat(i)))));
      }
      second.checkOpen();
      assertSame(first, open.of(DeviceChoice.of("1:0")));
      assertEquals(List.of("cpu"), ids(open.of(DeviceChoice.of("cpu"))));
      assertThrows(CancellationException.class, second::checkOpen);
      assertNotSame(second, open.of(DeviceChoice.of("1:0,cpu")));
      assertSame(first, open.of(DeviceChoice.of("1:0")));
      assertEquals(List.of("1:0"), machine.opened);
      assertEquals(List.of(), machine.closed);
    }
    assertEquals(List.of("1:0"), machine.closed);
  }

  @Test
  void whatIsAbsentOrBrokenIsRefusedEachTimeAndTheOthersStayOpen() throws Exception {
    try (OpenDevices open = new OpenDevices(machine, new MemorySpeeds())) {
      EnginePool pool = open.of(DeviceChoice.of("1:0"));
      for (int time = 0; time < 2; time++) {
        assertThrows(DeviceUnavailable.class, () -> open.of(DeviceChoice.of("7:7")));
        assertThrows(DeviceUnavailable.class, () -> open.of(DeviceChoice.of("1:0,1:1")));
      }
      assertSame(pool, open.of(DeviceChoice.of("1:0")));
      assertEquals(List.of("1:0"), machine.opened);
    }
    assertEquals(List.of("1:0"), machine.closed);
  }

  @Test
  void autoAsksNoDriverUntilAJobIsLarge() throws Exception {
    try (OpenDevices open = new OpenDevices(machine, new MemorySpeeds())) {
      assertEquals(List.of("cpu"), ids(open.of(DeviceChoice.of("auto"))));
      assertFalse(machine.asked);
    }
  }

  @Test
  void anEngineIsClosedWhenAllWhoOpenedItHaveClosedIt() throws Exception {
    SharedDevices shared = new SharedDevices(machine);
    Engine one = shared.open(machine.all().getFirst());
    Engine hanging = shared.open(machine.all().getFirst());
    one.close();
    one.close();
    shared.close();
    assertTrue(machine.closed.isEmpty());
    hanging.close();
    assertEquals(List.of("0:0"), machine.closed);
    hanging.close();
    assertEquals(List.of("0:0"), machine.closed);
  }
}
