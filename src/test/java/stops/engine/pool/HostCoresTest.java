package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT32;

import java.util.List;
import org.junit.jupiter.api.Test;
import stops.cpu.ScalarEngine;
import stops.engine.Conversion;
import stops.engine.EngineInfo;
import stops.engine.EngineInfo.Kind;
import stops.engine.Tally;
import stops.engine.pool.FaultyEngine.When;

class HostCoresTest {
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);

  private final PoolEngine cpu = engine(Kind.VECTOR_CPU);
  private final PoolEngine driver = engine(Kind.OPENCL_CPU);
  private final PoolEngine gpu = engine(Kind.OPENCL_GPU);
  private final List<PoolEngine> all = List.of(cpu, driver, gpu);

  private static PoolEngine engine(Kind kind) {
    EngineInfo info = new EngineInfo("x", kind, "x", "fake", 2, 1 << 20);
    return new PoolEngine(
        new PoolMember(
            new FaultyEngine(
                info, new ScalarEngine(), When.never(), (real, conversion, chunk) -> new Tally(1)),
            "given"));
  }

  private boolean mayTake(PoolEngine engine) {
    return HostCores.mayTake(engine, all, FLOATS);
  }

  private static void measure(PoolEngine engine, double samplesPerSecond) {
    for (int piece = 0; piece < 4; piece++) {
      engine.measured(FLOATS, 1 << 20, (1 << 20) / samplesPerSecond);
    }
  }

  @Test
  void aGpuMayAlways() {
    assertTrue(mayTake(gpu));
    cpu.takeLane(true);
    assertTrue(mayTake(gpu));
  }

  @Test
  void engineAfterEngineIsTriedAlone() {
    assertTrue(mayTake(cpu));
    assertTrue(HostCores.isTrial(cpu, all, FLOATS));
    cpu.takeLane(true);
    assertFalse(mayTake(cpu));
    assertFalse(mayTake(driver));
    measure(cpu, 2e9);
    cpu.endTrial();
    assertTrue(HostCores.isTrial(driver, all, FLOATS));
    assertTrue(mayTake(driver));
  }

  @Test
  void theFasterLeadsAndTheSlowerIsTriedNowAndAgain() {
    measure(cpu, 2e9);
    measure(driver, 1e9);
    assertTrue(mayTake(cpu));
    assertFalse(HostCores.isTrial(cpu, all, FLOATS));
    assertFalse(mayTake(driver));
    driver.waited(1);
    assertTrue(mayTake(driver));
    assertTrue(HostCores.isTrial(driver, all, FLOATS));
    measure(driver, 9e9);
    assertTrue(mayTake(driver));
    assertFalse(mayTake(cpu));
  }

  @Test
  void aFirstPieceDoesNotCount() {
    measure(cpu, 2e9);
    driver.measured(FLOATS, 1 << 14, 10);
    assertTrue(mayTake(driver));
    driver.measured(FLOATS, 1 << 14, 1e-4);
    assertTrue(mayTake(driver));
  }

  @Test
  void aHopelessOneIsTriedNoFurtherForNow() {
    measure(cpu, 2e9);
    driver.measured(FLOATS, 1 << 14, 10);
    driver.measured(FLOATS, 1 << 14, 10);
    assertFalse(mayTake(driver));
  }
}
