package stops.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT32;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import stops.cpu.CpuEngine;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.pool.FaultyEngine;
import stops.engine.pool.FaultyEngine.When;

class CalibrationTest {
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);

  private final Map<String, EngineSpeed> kept = new ConcurrentHashMap<>();
  private final SpeedStore store =
      new SpeedStore() {
        @Override
        public Optional<EngineSpeed> get(String key) {
          return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void put(String key, EngineSpeed speed) {
          kept.put(key, speed);
        }
      };

  private static Engine cpu() {
    return CpuEngine.create().engine();
  }

  private static FaultyEngine device(When when) {
    return new FaultyEngine(
        "0:0",
        cpu(),
        when,
        (real, conversion, chunk) -> {
          throw new EngineFailure("broken");
        });
  }

  @Test
  void measuresOnceAndRemembersInTheStore() throws Exception {
    FaultyEngine device = device(When.never());
    Calibration calibration = new Calibration("here", cpu(), store);
    assertEquals(Optional.empty(), calibration.known(device, FLOATS));
    EngineSpeed speed = calibration.speed(device, FLOATS);
    assertTrue(speed.seconds(1 << 20) > 0);
    int calls = device.calls.get();
    assertTrue(calls > 0);
    assertEquals(speed, calibration.speed(device, FLOATS));
    assertEquals(speed, new Calibration("here", cpu(), store).speed(device, FLOATS));
    assertEquals(calls, device.calls.get());
    assertEquals(
        Optional.empty(), new Calibration("elsewhere", cpu(), store).known(device, FLOATS));
    assertFalse(device.closed.get());
  }

  @Test
  void anEngineThatFailsHasNoSpeed() {
    Calibration calibration = new Calibration("here", cpu(), store);
    assertThrows(EngineFailure.class, () -> calibration.speed(device(When.always()), FLOATS));
    assertTrue(kept.isEmpty());
  }

  @Test
  void theLineGoesThroughBothMeasurementsAndNeverBelowZero() {
    EngineSpeed speed = EngineSpeed.through(1000, 0.003, 1_001_000, 1.003);
    assertEquals(0.003, speed.seconds(1000), 1e-12);
    assertEquals(1.003, speed.seconds(1_001_000), 1e-12);
    EngineSpeed noisy = EngineSpeed.through(1000, 2.0, 1_001_000, 1.0);
    assertTrue(noisy.seconds(0) >= 0 && noisy.secondsPerSample() > 0);
    assertThrows(IllegalArgumentException.class, () -> new EngineSpeed(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new EngineSpeed(Double.NaN, 1));
  }
}
