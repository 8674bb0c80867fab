package stops.cli.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.WorkOptions;
import stops.engine.pool.EnginePool;
import stops.strip.StripWorkers;

/**
 * Threads and memory for the jobs of a batch. Jobs that want them alike share them, and they stay
 * from one job to the next. A job that wants others waits until those before it have ended, so that
 * there is never more than one bound of memory in use. Jobs begin in the order in which they ask.
 * Thread-safe.
 */
public final class JobWorkers implements AutoCloseable {
  private final Deque<Object> waiting = new ArrayDeque<>();
  private @Nullable Workshop open;
  private int jobs;

  /** Whether the job that has the threads has them for itself. */
  private boolean taken;

  /** Threads and memory, and what they are for. */
  private record Workshop(EnginePool engines, WorkOptions work, StripWorkers workers) {
    boolean suits(EnginePool otherEngines, WorkOptions otherWork) {
      return engines == otherEngines && work.equals(otherWork);
    }
  }

  /** Threads and memory for a job, until closed. */
  public final class Lease implements AutoCloseable {
    private final StripWorkers workers;
    private boolean closed;

    private Lease(StripWorkers workers) {
      this.workers = workers;
    }

    public StripWorkers workers() {
      return workers;
    }

    @Override
    public void close() {
      synchronized (JobWorkers.this) {
        jobs -= closed ? 0 : 1;
        closed = true;
        JobWorkers.this.notifyAll();
      }
    }
  }

  /**
   * Waits for the turn of a job, and for the end of those before it if they want other threads or
   * memory.
   *
   * @param engines convert for the job
   * @param work the threads and memory that it wants
   * @param alone whether it waits for all jobs before it, and those after it wait for it, since it
   *     has work for all threads
   */
  public synchronized Lease take(EnginePool engines, WorkOptions work, boolean alone)
      throws InterruptedException {
    Object turn = new Object();
    waiting.addLast(turn);
    try {
      while (waiting.peekFirst() != turn || !fits(engines, work, alone)) {
        wait();
      }
      Workshop shop = open;
      if (shop == null || !shop.suits(engines, work)) {
        close();
        shop =
            new Workshop(
                engines, work, StripWorkers.converting(engines, work.threads(), work.memory()));
        open = shop;
      }
      jobs += 1;
      taken = alone;
      return new Lease(shop.workers());
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
  }

  private boolean fits(EnginePool engines, WorkOptions work, boolean alone) {
    return jobs == 0 || !alone && !taken && open != null && open.suits(engines, work);
  }

  /** Ends the threads and frees the memory. No job may have them. */
  @Override
  public synchronized void close() {
    if (open != null) {
      open.workers().close();
      open = null;
    }
  }
}
