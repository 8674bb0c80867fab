package stops.engine.pool;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.EngineFault;

/**
 * Leases the lanes of a pool's engines to threads, first come, first served. Thread-safe.
 *
 * <p>A job gets the fastest free lane that shortens it. A lane stays idle if it is so slow that its
 * smallest piece would outlast the rest of the job on the other lanes. Among engines on the host's
 * cores, {@link HostCores} decides.
 */
final class LeaseQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Waiter> waiters = new ArrayDeque<>();
  private final List<PoolEngine> engines;

  /** A thread that waits for a lane. */
  private static final class Waiter {
    final Job job;
    final Condition turn;
    boolean served;
    @Nullable Piece piece;

    Waiter(Job job, Condition turn) {
      this.job = job;
      this.turn = turn;
    }
  }

  LeaseQueue(List<PoolEngine> engines) {
    this.engines = engines;
  }

  /** The working engines that support {@code conversion}. */
  List<PoolEngine> able(Conversion conversion) {
    lock.lock();
    try {
      return engines.stream()
          .filter(engine -> engine.works() && engine.engine.supports(conversion))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** The faults that have excluded engines so far. */
  List<EngineFault> faults() {
    lock.lock();
    try {
      return engines.stream().flatMap(engine -> engine.faults().stream()).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a lane and cuts a piece that suits it.
   *
   * @return the piece; null if no samples are left to cut, if the job was stopped, or if all of its
   *     chosen engines have failed
   */
  @Nullable Piece acquire(Job job) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Waiter waiter = new Waiter(job, lock.newCondition());
      waiters.add(waiter);
      serve();
      try {
        while (!waiter.served) {
          waiter.turn.await();
        }
      } catch (InterruptedException e) {
        waiters.remove(waiter);
        if (waiter.piece != null) {
          job.takeBack(waiter.piece);
          endLease(waiter.piece, true);
        }
        throw e;
      }
      return waiter.piece;
    } finally {
      lock.unlock();
    }
  }

  /** The number of samples of {@code job} that are not yet cut into pieces. */
  long left(Job job) {
    lock.lock();
    try {
      return job.left();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no lane of {@code engine} is taken. */
  boolean idle(PoolEngine engine) {
    lock.lock();
    try {
      return engine.idle();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the work on a piece.
   *
   * @param done whether the piece was converted; if not, the job takes it back
   * @param seconds time that the piece took
   * @param fault the fault that excludes the engine, or null
   * @param laneIsFree false if an abandoned call still holds the lane
   */
  void end(
      Job job,
      Piece piece,
      boolean done,
      double seconds,
      @Nullable EngineFault fault,
      boolean laneIsFree) {
    lock.lock();
    try {
      PoolEngine engine = piece.engine();
      if (done) {
        engine.measured(job.conversion, piece.samples(), seconds);
        for (PoolEngine other : engines) {
          if (other != engine && engine.onHostCores()) {
            other.waited(seconds / engine.info.lanes());
          }
        }
      } else {
        job.takeBack(piece);
      }
      if (fault != null) {
        engine.takeOut(fault);
      }
      endLease(piece, laneIsFree);
    } finally {
      lock.unlock();
    }
  }

  /** Undoes all that {@link #pick} did to the engine of a piece. */
  private void endLease(Piece piece, boolean laneIsFree) {
    piece.engine().endTrial();
    if (laneIsFree) {
      piece.engine().freeLane();
    }
    serve();
  }

  /** Frees the lane of an abandoned call that has ended. */
  void freeLane(PoolEngine engine) {
    lock.lock();
    try {
      engine.freeLane();
      serve();
    } finally {
      lock.unlock();
    }
  }

  /** Serves the waiting threads again after a job was stopped. */
  void recheck() {
    lock.lock();
    try {
      serve();
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    for (Iterator<Waiter> i = waiters.iterator(); i.hasNext(); ) {
      Waiter waiter = i.next();
      Job job = waiter.job;
      boolean over =
          job.stopped()
              || job.left() == 0
              || job.plan.engines().stream().noneMatch(PoolEngine::works);
      waiter.piece = over ? null : pick(job);
      if (over || waiter.piece != null) {
        waiter.served = true;
        waiter.turn.signal();
        i.remove();
      }
    }
  }

  private @Nullable Piece pick(Job job) {
    Conversion conversion = job.conversion;
    List<PoolEngine> working = job.plan.engines().stream().filter(PoolEngine::works).toList();
    double total = 0;
    double fastestLane = 0;
    for (PoolEngine engine : working) {
      total += engine.rate(conversion);
      fastestLane = Math.max(fastestLane, engine.laneRate(conversion));
    }
    PoolEngine best = null;
    for (PoolEngine engine : working) {
      if (!engine.hasFreeLane()) {
        continue;
      }
      double rate = engine.laneRate(conversion);
      boolean helps =
          working.size() == 1
              || (rate == 0
                      ? engine.idle()
                      : rate == fastestLane
                          || PieceSize.least(job.suiting(engine)) / rate <= 2 * job.left() / total)
                  && HostCores.mayTake(engine, working, conversion);
      if (helps && (best == null || before(rate, best.laneRate(conversion)))) {
        best = engine;
      }
    }
    if (best == null) {
      return null;
    }
    double rate = best.laneRate(conversion);
    double share;
    if (working.size() == 1) {
      share = 1.0 / Math.min(job.workers, best.info.lanes());
    } else if (rate == 0) {
      share = 0;
    } else {
      share = job.workers == 1 ? 1 : rate / total;
    }
    best.takeLane(working.size() > 1 && HostCores.isTrial(best, working, conversion));
    return job.cut(best, PieceSize.of(job.left(), job.suiting(best), share));
  }

  /**
   * Whether a lane of speed {@code rate} is preferred to one of speed {@code than}. Speed 0 means
   * unknown and comes first.
   */
  private static boolean before(double rate, double than) {
    return than != 0 && (rate == 0 || rate > than);
  }
}
