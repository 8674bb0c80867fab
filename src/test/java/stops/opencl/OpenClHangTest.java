package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EnginePool;
import stops.engine.EngineUse;
import stops.engine.Progress;
import stops.engine.SampleType;

/** A driver that does not come back from a call holds nobody up. */
@Timeout(60)
final class OpenClHangTest {
  private static final Conversion CONVERSION =
      Conversion.of(Direction.TO_INTENSITY, SampleType.FLOAT32, SampleType.FLOAT32);

  @TempDir Path folder = Path.of("");
  private final Arena arena = Arena.ofShared();
  private FaultyCl faulty = new FaultyCl(new JoclCl());

  @BeforeEach
  void find() {
    TestDevice.openCl();
    faulty = new FaultyCl(new JoclCl());
  }

  @AfterEach
  void letGo() throws Exception {
    faulty.wake();
    for (int i = 0; i < 100 && !faulty.live().isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertEquals(List.of(), faulty.live(), "what hung is released when it comes back");
    arena.close();
  }

  @Test
  void aDeviceWithoutProgressIsGivenUpAndNotUsedAgain() throws Exception {
    Engine engine = open(Duration.ofMillis(300));
    faulty.hang("clEnqueueMapBuffer");
    EngineFailure first = assertThrows(EngineFailure.class, () -> convert(engine));
    assertTrue(message(first).endsWith("made no progress in 0.3 s"), message(first));
    EngineFailure second = assertThrows(EngineFailure.class, () -> convert(engine));
    assertEquals(message(first), message(second));
    engine.close();
  }

  @Test
  void aPoolHoldsTheMemoryThatAGivenUpCallMayStillUse() throws Exception {
    MemorySegment memory = arena.allocate(8000, 4);
    MemorySegment target = memory.asSlice(4000);
    try (EnginePool pool =
        EnginePool.of(new ScalarEngine(), open(Duration.ofMillis(300)), new ScalarEngine())) {
      assertFalse(pool.holds(memory));
      faulty.hang("clEnqueueMapBuffer");
      Chunk chunk = Chunk.of(memory.asSlice(0, 4000), target, 1000);
      EngineUse device = pool.convertAll(CONVERSION, chunk, Progress.NONE).uses().getFirst();
      assertTrue(device.faults().getFirst().message().contains("made no progress"));
      assertTrue(pool.holds(target), "the driver still has its address");
      faulty.wake();
      for (int i = 0; i < 600 && pool.holds(memory); i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertFalse(pool.holds(memory), "the driver has come back");
    }
  }

  @Test
  void anInterruptEndsWaiting() throws Exception {
    Engine engine = open(Duration.ofMinutes(5));
    faulty.hang("clEnqueueNDRangeKernel");
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          EngineFailure failure = assertThrows(EngineFailure.class, () -> convert(engine));
          assertTrue(message(failure).endsWith("was interrupted"), message(failure));
          return Thread.currentThread().isInterrupted();
        });
    Thread thread = Thread.ofPlatform().start(task);
    TimeUnit.MILLISECONDS.sleep(100);
    thread.interrupt();
    assertTrue(task.get(30, TimeUnit.SECONDS), "the interrupt stays pending");
    engine.close();
  }

  @Test
  void closingEndsWaiting() throws Exception {
    Engine engine = open(Duration.ofMinutes(5));
    faulty.hang("clEnqueueNDRangeKernel");
    FutureTask<String> task =
        new FutureTask<>(() -> message(assertThrows(EngineFailure.class, () -> convert(engine))));
    Thread.ofPlatform().start(task);
    TimeUnit.MILLISECONDS.sleep(100);
    engine.close();
    assertTrue(task.get(30, TimeUnit.SECONDS).endsWith("is closed"));
  }

  @Test
  void aClosedEngineConvertsNothing() throws Exception {
    Engine engine = open(Duration.ofMinutes(5));
    engine.close();
    engine.close();
    EngineFailure failure = assertThrows(EngineFailure.class, () -> convert(engine));
    assertTrue(message(failure).endsWith("is closed"), message(failure));
  }

  private Engine open(Duration timeLimit) throws EngineFailure {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options = TestDevice.options(2, 0, true, true, new PrivateFolder(folder));
    openCl.open(TestDevice.of(openCl), options).close();
    return openCl.open(
        TestDevice.of(openCl),
        new EngineOptions(2, 0, timeLimit, true, true, true, "", new PrivateFolder(folder)));
  }

  private int convert(Engine engine) throws EngineFailure {
    MemorySegment memory = arena.allocate(8000, 4);
    return engine
        .convert(CONVERSION, Chunk.of(memory.asSlice(0, 4000), memory.asSlice(4000), 1000))
        .channels();
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
