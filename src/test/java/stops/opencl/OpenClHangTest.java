package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;
import stops.cache.PrivateFolder;
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
import stops.engine.Standstill;
import stops.opencl.api.JoclCl;

/** A driver that does not come back from a call holds nobody up. */
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
    Await.until("what hung is released when it comes back", () -> faulty.live().isEmpty());
    arena.close();
  }

  @Test
  void aDeviceWithoutProgressIsGivenUpAndNotUsedAgain() throws Exception {
    Engine engine = open(nanos -> faulty.hangs());
    faulty.hang("clEnqueueMapBuffer");
    EngineFailure first = assertThrows(EngineFailure.class, () -> convert(engine));
    assertTrue(message(first).matches(".* made no progress in \\d+\\.\\d s"), message(first));
    EngineFailure second = assertThrows(EngineFailure.class, () -> convert(engine));
    assertEquals(message(first), message(second));
    engine.close();
  }

  @Test
  void aPoolHoldsTheMemoryThatAGivenUpCallMayStillUse() throws Exception {
    MemorySegment memory = arena.allocate(8000, 4);
    MemorySegment target = memory.asSlice(4000);
    try (EnginePool pool =
        EnginePool.of(new ScalarEngine(), open(nanos -> faulty.hangs()), new ScalarEngine())) {
      assertFalse(pool.holds(memory));
      faulty.hang("clEnqueueMapBuffer");
      Chunk chunk = Chunk.of(memory.asSlice(0, 4000), target, 1000);
      EngineUse device = pool.convertAll(CONVERSION, chunk, Progress.NONE).uses().getFirst();
      assertTrue(device.faults().getFirst().message().contains("made no progress"));
      assertTrue(pool.holds(target), "the driver still has its address");
      faulty.wake();
      Await.until("the driver has come back", () -> !pool.holds(memory));
    }
  }

  @Test
  void anInterruptEndsWaiting() throws Exception {
    Engine engine = open(nanos -> false);
    faulty.hang("clEnqueueNDRangeKernel");
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          EngineFailure failure = assertThrows(EngineFailure.class, () -> convert(engine));
          assertTrue(message(failure).endsWith("was interrupted"), message(failure));
          return Thread.currentThread().isInterrupted();
        });
    Thread thread = Thread.ofPlatform().start(task);
    faulty.awaitHanging();
    thread.interrupt();
    assertTrue(task.get(), "the interrupt stays pending");
    engine.close();
  }

  @Test
  void closingEndsWaiting() throws Exception {
    Engine engine = open(nanos -> false);
    faulty.hang("clEnqueueNDRangeKernel");
    FutureTask<String> task =
        new FutureTask<>(() -> message(assertThrows(EngineFailure.class, () -> convert(engine))));
    Thread.ofPlatform().start(task);
    faulty.awaitHanging();
    engine.close();
    assertTrue(task.get().endsWith("is closed"));
  }

  @Test
  void aClosedEngineConvertsNothing() throws Exception {
    Engine engine = open(nanos -> false);
    engine.close();
    engine.close();
    EngineFailure failure = assertThrows(EngineFailure.class, () -> convert(engine));
    assertTrue(message(failure).endsWith("is closed"), message(failure));
  }

  private Engine open(Standstill standstill) throws EngineFailure {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options = TestDevice.options(2, 0, true, true, new PrivateFolder(folder));
    openCl.open(TestDevice.of(openCl), options).close();
    return openCl.open(
        TestDevice.of(openCl),
        new EngineOptions(2, 0, standstill, true, true, true, "", new PrivateFolder(folder)));
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
