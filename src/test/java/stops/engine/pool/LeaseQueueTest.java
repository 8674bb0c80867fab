package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT32;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stops.Await;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.Progress;
import stops.engine.Tally;

class LeaseQueueTest {
  private static final Conversion SAME = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);

  /** Is interrupted, once, in the moment in which it is given a piece. */
  private final AtomicReference<@Nullable Thread> victim = new AtomicReference<>();

  /** An engine on the host's cores, whose answers the queue asks for while it gives out a piece. */
  private PoolEngine hostEngine(String id) {
    EngineInfo info = new EngineInfo(id, EngineInfo.Kind.OPENCL_CPU, "CPU", "fake", 1, 1 << 20);
    Engine engine =
        new FaultyEngine(
            info,
            new ScalarEngine(),
            FaultyEngine.When.never(),
            (real, conversion, chunk) -> new Tally(1)) {
          @Override
          public long mostSamples(Conversion conversion, Chunk chunk) {
            Thread thread = victim.getAndSet(null);
            if (thread != null) {
              interrupt(thread);
            }
            return Long.MAX_VALUE;
          }
        };
    return new PoolEngine(new PoolMember(engine, "given"));
  }

  /** Interrupts a thread that waits for a condition, and returns when it waits for the lock. */
  private static void interrupt(Thread thread) {
    thread.interrupt();
    try {
      Await.until(
          "it waits for the lock", () -> !(LockSupport.getBlocker(thread) instanceof Condition));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Job job(List<PoolEngine> engines) {
    EnginePool pool = EnginePool.of(new ScalarEngine());
    EnginePlan plan = new EnginePlan(pool, SAME, 100_000, EnginePolicy.all(), engines);
    plan.choose(engines);
    return new Job(plan, List.of(KnownChunk.random(SAME, 100_000, 1).chunk), Progress.NONE, 1);
  }

  @Test
  void whoeverIsInterruptedWhenServedLeavesNeitherLaneNorTrialBehind() throws Exception {
    List<PoolEngine> engines = List.of(hostEngine("0:0"), hostEngine("1:0"));
    LeaseQueue queue = new LeaseQueue(engines);
    Job first = job(engines);
    Piece piece = Objects.requireNonNull(queue.acquire(first));
    assertTrue(piece.engine().onTrial());
    Job second = job(engines);
    FutureTask<InterruptedException> waits =
        new FutureTask<>(
            () -> assertThrows(InterruptedException.class, () -> queue.acquire(second)));
    Thread waiter = Thread.ofPlatform().start(waits);
    Await.until("the second waits", () -> LockSupport.getBlocker(waiter) instanceof Condition);
    victim.set(waiter);
    queue.end(first, piece, true, 1, null, true);
    waits.get();
    for (PoolEngine engine : engines) {
      assertFalse(engine.onTrial(), engine.info.id());
      assertTrue(engine.idle(), engine.info.id());
    }
    assertEquals(100_000, queue.left(second));
  }
}
