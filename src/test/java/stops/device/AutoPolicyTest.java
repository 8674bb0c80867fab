package stops.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;
import static stops.engine.SampleType.FLOAT64;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stops.cpu.ScalarEngine;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EngineChoice;
import stops.engine.pool.PoolMember;
import stops.opencl.api.OpenClDevice.Type;

class AutoPolicyTest {
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final long HUGE = 10_000_000_000L;

  /** A CPU of a billion samples a second; a GPU of ten, with 1 ms of overhead. */
  private static final SpeedStore SPEEDS =
      new SpeedStore() {
        @Override
        public Optional<EngineSpeed> get(String key) {
          return Optional.of(
              key.contains("SCALAR_CPU")
                  ? new EngineSpeed(1e-5, 1e-9)
                  : new EngineSpeed(1e-3, key.contains("Slow") ? 1e-7 : 1e-10));
        }

        @Override
        public void put(String key, EngineSpeed speed) {
          throw new AssertionError("measured, though it is known");
        }
      };

  private final Engine cpu = new ScalarEngine();

  private AutoPolicy policy(FakeDevices machine) {
    return new AutoPolicy(
        cpu, "CPU (scalar)", machine, new Calibration("here", new ScalarEngine(), SPEEDS));
  }

  private static List<String> ids(List<PoolMember> members) {
    return members.stream().map(member -> member.engine().info().id()).toList();
  }

  @Test
  void aSmallJobAsksNoDriver() {
    FakeDevices machine = new FakeDevices().with("0:0", "Fast", Type.GPU);
    AutoPolicy policy = policy(machine);
    assertEquals(List.of(), policy.recruit(FLOATS, 1_000_000));
    assertFalse(machine.asked);
    EngineChoice choice = policy.choose(List.of(cpu), FLOATS, 1_000_000);
    assertEquals(List.of(cpu), choice.engines());
    assertEquals(
        "CPU (scalar): a small job of about 1.01 ms, less than OpenCL devices take to start",
        choice.reason());
  }

  @Test
  void anInterruptedCallerCostsNoDevice() {
    AutoPolicy policy = policy(new FakeDevices().with("0:0", "Fast", Type.GPU));
    Thread.currentThread().interrupt();
    assertEquals(List.of(), policy.recruit(FLOATS, HUGE));
    assertTrue(Thread.interrupted(), "the interrupt is the caller's to see");
    assertEquals(List.of("0:0"), ids(policy.recruit(FLOATS, HUGE)));
    assertEquals(List.of(), policy.recruit(FLOATS, HUGE));
  }

  @Test
  void whatTakesTheCpuLongIsLargeBeforeAnythingIsMeasured() {
    long samples = 10_000_000L * cpu.info().lanes();
    assertFalse(asks(Conversion.of(TO_EXPOSURE, FLOAT16, FLOAT32), samples));
    assertFalse(asks(FLOATS, samples));
    assertTrue(asks(FLOATS, 10 * samples));
    assertTrue(asks(Conversion.of(TO_EXPOSURE, FLOAT64, FLOAT64), samples));
    assertTrue(
        asks(new Conversion(TO_EXPOSURE, FLOAT32, FLOAT32, 1, ZeroPolicy.INF), samples), "gain");
  }

  /** Whether drivers are asked for a job where no speed is known. */
  private boolean asks(Conversion conversion, long samples) {
    FakeDevices machine = new FakeDevices();
    Calibration calibration = new Calibration("here", new ScalarEngine(), new MemorySpeeds());
    List<PoolMember> unused =
        new AutoPolicy(cpu, "CPU (scalar)", machine, calibration).recruit(conversion, samples);
    return machine.asked;
  }

  @Test
  void aLargeJobRecruitsGpusAndAcceleratorsButNoCpuDriversOnce() {
    AutoPolicy policy =
        policy(
            new FakeDevices()
                .with("0:0", "driver", Type.CPU)
                .with("1:0", "Fast", Type.GPU)
                .withBroken("1:1", "Broken", Type.GPU)
                .with("2:0", "Board", Type.ACCELERATOR));
    assertEquals(List.of("1:0", "2:0"), ids(policy.recruit(FLOATS, HUGE)));
    assertEquals(List.of(), policy.recruit(FLOATS, HUGE));
  }

  @Test
  void eachJobGoesWhereItIsExpectedToBeDoneFirst() {
    AutoPolicy policy =
        policy(new FakeDevices().with("1:0", "Fast", Type.GPU).with("1:1", "Slow", Type.GPU));
    List<PoolMember> gpus = policy.recruit(FLOATS, HUGE);
    Engine fast = gpus.get(0).engine();
    List<Engine> able = List.of(cpu, fast, gpus.get(1).engine());

    EngineChoice large = policy.choose(able, FLOATS, HUGE);
    assertEquals(List.of(fast), large.engines());
    assertEquals(
        "1:0 Fast: 1.00 s expected against 10.0 s on CPU (scalar), 1.00e+03 s on 1:1 Slow",
        large.reason());

    EngineChoice small = policy.choose(able, FLOATS, 1_000_000);
    assertEquals(List.of(cpu), small.engines());
    assertTrue(
        small.reason().startsWith("CPU (scalar): 1.01 ms expected against 1.10 ms on 1:0 Fast, "),
        small.reason());

    assertEquals(List.of(cpu), policy.choose(List.of(cpu), FLOATS, HUGE).engines());
  }

  @Test
  void withoutAGpuTheReasonSaysWhatIsMissing() {
    AutoPolicy policy =
        policy(
            new FakeDevices()
                .with("0:0", "driver", Type.CPU)
                .withBroken("1:1", "Broken", Type.GPU)
                .withProblem("OpenCL platform 2, X, has no device"));
    assertEquals(List.of(), policy.recruit(FLOATS, HUGE));
    assertEquals(
        "CPU (scalar): no OpenCL GPU: OpenCL platform 2, X, has no device; clBuildProgram: broken"
            + " on 1:1 Broken",
        policy.choose(List.of(cpu), FLOATS, HUGE).reason());
  }
}
