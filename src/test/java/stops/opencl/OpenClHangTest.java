package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
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
import stops.engine.EngineUse;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.pool.EngineChoice;
import stops.engine.pool.EnginePool;
import stops.engine.pool.PoolLimits;
import stops.engine.pool.PoolMember;
import stops.engine.pool.Standstill;
import stops.opencl.api.JoclCl;

/** A driver that does not return from a call blocks no caller. */
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
    Await.until("the arena is no longer needed", this::closes);
  }

  private boolean closes() {
    try {
      arena.close();
      return true;
    } catch (IllegalStateException e) {
      return false; // The call that hung is about to end.
    }
  }

  @Test
  void aDeviceWithoutProgressIsGivenUpAndNotUsedAgain() throws Exception {
    try (EnginePool pool = pool(nanos -> faulty.hangs())) {
      faulty.hang("clEnqueueMapBuffer");
      EngineFailure first = assertThrows(EngineFailure.class, () -> convert(pool));
      assertTrue(message(first).matches(".*no progress in \\d+\\.\\d s.*"), message(first));
      EngineFailure second = assertThrows(EngineFailure.class, () -> convert(pool));
      assertEquals(message(first), message(second));
    }
  }

  @Test
  void aPoolHoldsTheMemoryThatAGivenUpCallMayStillUse() throws Exception {
    MemorySegment memory = arena.allocate(8000, 4);
    MemorySegment target = memory.asSlice(4000);
    try (EnginePool pool = pool(nanos -> faulty.hangs(), new ScalarEngine())) {
      assertFalse(pool.holds(memory));
      faulty.hang("clEnqueueMapBuffer");
      Chunk chunk = Chunk.of(memory.asSlice(0, 4000), target, 1000);
      EngineUse device = pool.convertAll(CONVERSION, chunk, Progress.NONE).uses().getFirst();
      assertTrue(device.faults().getFirst().message().contains("no progress"));
      assertTrue(pool.holds(target), "the driver still has its address");
      faulty.wake();
      Await.until("the driver has come back", () -> !pool.holds(memory));
    }
  }

  @Test
  void anInterruptEndsWaiting() throws Exception {
    try (EnginePool pool = pool(nanos -> false)) {
      faulty.hang("clEnqueueNDRangeKernel");
      FutureTask<Boolean> task =
          new FutureTask<>(() -> {
            assertThrows(InterruptedException.class, () -> convert(pool));
            return Thread.currentThread().isInterrupted();
          });
      Thread thread = Thread.ofPlatform().start(task);
      faulty.awaitHanging();
      thread.interrupt();
      assertFalse(task.get(), "the exception stands for the interrupt");
    }
  }

  @Test
  void closingEndsWaiting() throws Exception {
    EnginePool pool = pool(nanos -> false);
    faulty.hang("clEnqueueNDRangeKernel");
    FutureTask<CancellationException> task =
        new FutureTask<>(() -> assertThrows(CancellationException.class, () -> convert(pool)));
    Thread.ofPlatform().start(task);
    faulty.awaitHanging();
    pool.close();
    task.get();
  }

  @Test
  void aDeviceThatHangsWhenItIsOpenedIsGivenUp() throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options =
        TestDevice.options(2, 0, Arithmetic.FP64, true, new PrivateFolder(folder));
    faulty.hang("clEnqueueNDRangeKernel");
    PoolLimits limits = new PoolLimits(nanos -> faulty.hangs(), Duration.ZERO);
    EngineFailure failure =
        assertThrows(
            EngineFailure.class, () -> openCl.open(TestDevice.of(openCl), options, limits));
    assertTrue(message(failure).startsWith("no progress"), message(failure));
  }

  @Test
  void aClosedEngineConvertsNothing() throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options =
        TestDevice.options(2, 0, Arithmetic.FP64, true, new PrivateFolder(folder));
    Engine engine = openCl.open(TestDevice.of(openCl), options);
    engine.close();
    engine.close();
    MemorySegment memory = arena.allocate(8000, 4);
    Chunk chunk = Chunk.of(memory.asSlice(0, 4000), memory.asSlice(4000), 1000);
    EngineFailure failure =
        assertThrows(EngineFailure.class, () -> engine.convert(CONVERSION, chunk));
    assertTrue(message(failure).endsWith("is closed"), message(failure));
  }

  /** A pool that uses the device first, and abandons it according to {@code standstill}. */
  private EnginePool pool(Standstill standstill, Engine... others) throws EngineFailure {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options =
        TestDevice.options(2, 0, Arithmetic.FP64, true, new PrivateFolder(folder));
    List<PoolMember> members = new ArrayList<>();
    members.add(new PoolMember(openCl.open(TestDevice.of(openCl), options), "given"));
    for (Engine other : others) {
      members.add(new PoolMember(other, "given"));
    }
    return new EnginePool(
        new ScalarEngine(),
        members,
        (able, conversion, samples) -> new EngineChoice(able.subList(0, 1), "the first"),
        new PoolLimits(standstill, Duration.ZERO));
  }

  private int convert(EnginePool pool) throws EngineFailure, InterruptedException {
    MemorySegment memory = arena.allocate(8000, 4);
    return pool.convert(CONVERSION, Chunk.of(memory.asSlice(0, 4000), memory.asSlice(4000), 1000))
        .channels();
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
