package stops.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import stops.Await;
import stops.cli.syntax.WorkOptions;
import stops.cpu.ScalarEngine;
import stops.engine.pool.EnginePool;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

class JobWorkersTest {
  private static final WorkOptions LARGE = new WorkOptions(2, new MemoryBound(64 << 20));
  private static final WorkOptions SMALL = new WorkOptions(1, new MemoryBound(32 << 20));

  private final EnginePool engines = EnginePool.of(new ScalarEngine(), new ScalarEngine());
  private final JobWorkers workers = new JobWorkers();

  @AfterEach
  void close() {
    workers.close();
    engines.close();
  }

  /** A job on a thread of its own that asks for workers, has them for no time and returns them. */
  private Thread start(FutureTask<StripWorkers> job) throws Exception {
    Thread thread = new Thread(job);
    thread.start();
    Await.until(
        "it waits or has ended",
        () ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TERMINATED);
    return thread;
  }

  private FutureTask<StripWorkers> job(WorkOptions work, boolean alone) {
    return new FutureTask<>(() -> {
      try (JobWorkers.Lease lease = workers.take(engines, work, alone)) {
        return lease.workers();
      }
    });
  }

  @Test
  void jobsThatWantTheSameShareItAndItStays() throws Exception {
    StripWorkers first;
    try (JobWorkers.Lease one = workers.take(engines, LARGE, false);
        JobWorkers.Lease two = workers.take(engines, new WorkOptions(2, LARGE.memory()), false)) {
      first = one.workers();
      assertSame(first, two.workers());
      assertEquals(2, first.threads());
      one.close();
      one.close();
    }
    try (JobWorkers.Lease later = workers.take(engines, LARGE, true)) {
      assertSame(first, later.workers());
    }
    try (JobWorkers.Lease other = workers.take(engines, SMALL, false)) {
      assertNotSame(first, other.workers());
      assertEquals(SMALL.memory(), other.workers().memory());
    }
  }

  @Test
  void aJobThatWantsOthersWaitsForThoseBeforeAndIsNotOvertaken() throws Exception {
    JobWorkers.Lease one = workers.take(engines, LARGE, false);
    JobWorkers.Lease two = workers.take(engines, LARGE, false);
    FutureTask<StripWorkers> other = job(SMALL, false);
    Thread waiting = start(other);
    FutureTask<StripWorkers> late = job(LARGE, false);
    Thread behind = start(late);
    one.close();
    assertFalse(other.isDone());
    assertFalse(late.isDone());
    two.close();
    assertEquals(1, other.get().threads());
    assertEquals(2, late.get().threads());
    assertNotSame(one.workers(), late.get());
    waiting.join();
    behind.join();
  }

  @Test
  void aJobForAllThreadsIsAlone() throws Exception {
    JobWorkers.Lease one = workers.take(engines, LARGE, false);
    FutureTask<StripWorkers> alone = job(LARGE, true);
    Thread waiting = start(alone);
    assertFalse(alone.isDone());
    one.close();
    assertSame(one.workers(), alone.get());
    waiting.join();
  }

  @Test
  void noJobJoinsOneThatIsAlone() throws Exception {
    JobWorkers.Lease alone = workers.take(engines, LARGE, true);
    FutureTask<StripWorkers> late = job(LARGE, false);
    Thread waiting = start(late);
    assertFalse(late.isDone());
    alone.close();
    assertSame(alone.workers(), late.get());
    waiting.join();
  }

  @Test
  void aJobThatIsInterruptedWhileItWaitsLeavesItsTurnToTheNext() throws Exception {
    JobWorkers.Lease one = workers.take(engines, LARGE, false);
    FutureTask<StripWorkers> other = job(SMALL, false);
    Thread waiting = start(other);
    FutureTask<StripWorkers> late = job(LARGE, false);
    Thread behind = start(late);
    waiting.interrupt();
    assertSame(one.workers(), late.get());
    assertTrue(
        assertThrows(java.util.concurrent.ExecutionException.class, other::get).getCause()
            instanceof InterruptedException);
    one.close();
    waiting.join();
    behind.join();
  }
}
