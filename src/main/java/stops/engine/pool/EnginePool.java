package stops.engine.pool;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineUse;
import stops.engine.Progress;
import stops.engine.Tally;
import stops.waiting.Deadline;

/**
 * Shares conversions among several engines. All engines give the same bits, so any free engine may
 * convert a piece. An engine that fails, or whose results fail a {@link SpotCheck}, is excluded
 * from then on, and another engine converts its piece again. Thread-safe: conversions of several
 * threads share the engines.
 *
 * <p>Conversion in place survives failures too: a device writes to other memory, and only checked
 * results are copied to the target.
 *
 * <p>A device that does not return from a call is abandoned and excluded. Its Java code can no
 * longer reach the caller's memory, but a driver that was given the address might still write
 * there. {@link #holds} tells whether it might. Such memory must be neither reused nor freed.
 */
public final class EnginePool implements AutoCloseable {
  private static final Duration ENDLESS = Duration.ofDays(10_000);

  private final List<PoolEngine> engines;
  private final @Nullable Engine trusted;
  private final EnginePolicy policy;
  private final LeaseQueue lanes;
  private final Ledger ledger;
  private final ExecutorService threads = Executors.newCachedThreadPool(threadFactory());
  private final OpenArenas arenas = new OpenArenas();
  private final GuardedCalls devices;
  private final PieceWorker worker;
  private final Duration stop;
  private final Set<Job> jobs = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A pool that uses all of {@code engines}, and closes them and {@code trusted}. */
  public static EnginePool of(Engine trusted, Engine... engines) {
    return new EnginePool(
        trusted,
        List.of(engines).stream().map(engine -> new PoolMember(engine, "given")).toList(),
        EnginePolicy.all(),
        PoolLimits.DEFAULT);
  }

  /**
   * A pool.
   *
   * @param trusted an engine on the CPU that computes the expected results of spot checks. The pool
   *     closes it. It may be a member too
   * @param members its engines in the order of reports. The pool closes them
   * @param policy chooses the engines of a job
   * @param limits time limits for devices
   */
  public EnginePool(
      Engine trusted, List<PoolMember> members, EnginePolicy policy, PoolLimits limits) {
    this(members, policy, limits, trusted);
  }

  /**
   * A pool of one engine without spot checks, for callers that check all results themselves. The
   * caller closes the engine.
   */
  public static EnginePool unchecked(Engine engine) {
    return new EnginePool(
        List.of(new PoolMember(new BorrowedEngine(engine), "given")),
        EnginePolicy.all(),
        PoolLimits.DEFAULT,
        null);
  }

  private EnginePool(
      List<PoolMember> members, EnginePolicy policy, PoolLimits limits, @Nullable Engine trusted) {
    engines = new CopyOnWriteArrayList<>(members.stream().map(PoolEngine::new).toList());
    this.trusted = trusted;
    this.policy = policy;
    stop = limits.stop();
    lanes = new LeaseQueue(engines);
    ledger = new Ledger(engines);
    devices = new GuardedCalls(threads, limits, trusted, arenas);
    worker = new PieceWorker(engines, lanes, devices, ledger);
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "stops-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Chooses the engines for a conversion. This may include measuring their speeds.
   *
   * @param samples number of samples of all jobs of the plan together, as far as its caller knows
   * @throws CancellationException if the pool is closed
   */
  public EnginePlan plan(Conversion conversion, long samples) {
    checkOpen();
    policy.recruit(conversion, samples).forEach(this::join);
    EnginePlan plan = new EnginePlan(this, conversion, samples, policy, engines);
    List<PoolEngine> able = lanes.able(conversion);
    if (!able.isEmpty()) {
      plan.choose(able);
    }
    return plan;
  }

  /** Converts a chunk with the calling thread alone. See {@link EnginePlan#convert}. */
  public Tally convert(Conversion conversion, Chunk chunk)
      throws EngineFailure, InterruptedException {
    return plan(conversion, chunk.samples()).convert(List.of(chunk)).getFirst();
  }

  /**
   * Converts a chunk of any size on all engines that the policy chooses. Pieces are cut to suit
   * each engine.
   *
   * @throws IllegalArgumentException if the chunk does not suit the conversion
   * @throws IllegalStateException if the arena of the source or target is closed
   * @throws WrongThreadException if that arena is confined to another thread
   * @throws EngineFailure if no engine is left that can do it. After this and the other exceptions,
   *     the content of the target is undefined
   * @throws InterruptedException if the calling thread was interrupted
   * @throws CancellationException if the pool is closed, before or meanwhile
   */
  public Outcome convertAll(Conversion conversion, Chunk chunk, Progress progress)
      throws EngineFailure, InterruptedException {
    long start = System.nanoTime();
    chunk.check(conversion);
    EnginePlan plan = plan(conversion, chunk.samples());
    Tally tally = run(plan, List.of(chunk), progress, Integer.MAX_VALUE).getFirst();
    double seconds = (System.nanoTime() - start) * 1e-9;
    return new Outcome(tally, plan.uses(), plan.reason(), seconds);
  }

  /** The work and the faults of each engine so far. */
  public List<EngineUse> uses() {
    return ledger.uses();
  }

  /**
   * Whether an abandoned call to a device that hangs may still use {@code memory}. Callers check
   * this before they reuse or free memory that was the source or target of a conversion.
   */
  public boolean holds(MemorySegment memory) {
    return devices.holds(memory);
  }

  /**
   * Converts chunks as one job on the calling thread and up to {@code maxWorkers - 1} more threads.
   */
  List<Tally> run(EnginePlan plan, List<Chunk> chunks, Progress progress, int maxWorkers)
      throws EngineFailure, InterruptedException {
    Conversion conversion = plan.conversion();
    List<Chunk> shared = new ArrayList<>();
    List<MemorySegment> confined = new ArrayList<>();
    boolean callersOnly = false;
    long samples = 0;
    for (Chunk chunk : chunks) {
      chunk.check(conversion);
      if (holds(chunk.source()) || holds(chunk.target())) {
        throw new EngineFailure("a device that hangs still holds the memory of this chunk");
      }
      Chunk forAll = Loan.shared(chunk);
      shared.add(forAll);
      if (forAll != chunk) {
        confined.addAll(List.of(chunk.source(), chunk.target()));
      }
      callersOnly |= !Loan.isShared(forAll);
      samples += chunk.samples();
    }
    int workers = callersOnly ? 1 : Math.min(maxWorkers, workers(conversion, samples));
    Job job = new Job(plan, shared, progress, workers);
    return progress == Progress.NONE || confined.isEmpty() ? run(job) : runOpen(confined, job);
  }

  /**
   * Runs a job with a listener in memory of the calling thread, which it shares with others. The
   * listener cannot close the arena under them.
   */
  private List<Tally> runOpen(List<MemorySegment> confined, Job job)
      throws EngineFailure, InterruptedException {
    List<MemorySegment> own = confined.stream().filter(each -> !Loan.isShared(each)).toList();
    try {
      return arenas.during(own, () -> run(job));
    } catch (EngineFailure | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Tally> run(Job job) throws EngineFailure, InterruptedException {
    jobs.add(job);
    CountDownLatch others = new CountDownLatch(job.workers - 1);
    try {
      checkOpen();
      for (int i = 1; i < job.workers; i++) {
        help(job, others);
      }
      worker.work(job);
      try {
        others.await();
      } catch (InterruptedException e) {
        worker.stop(job, e);
        // Every worker leaves its device within the limits of the pool.
        Deadline.after(ENDLESS).await(nanos -> others.await(nanos, TimeUnit.NANOSECONDS));
      }
      return job.tallies();
    } finally {
      jobs.remove(job);
    }
  }

  /** Works on {@code job} on one more thread, if the system has one and the pool is open. */
  private void help(Job job, CountDownLatch others) {
    try {
      threads.execute(() -> {
        try {
          worker.work(job);
        } finally {
          others.countDown();
        }
      });
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The threads that there are do all of the work, or end because the pool is closed.
      others.countDown();
    }
  }

  /**
   * Fails if the pool is closed.
   *
   * @throws CancellationException if so
   */
  public void checkOpen() {
    if (closed) {
      throw new CancellationException("the devices were closed");
    }
  }

  private void join(PoolMember member) {
    engines.add(new PoolEngine(member));
    if (closed) {
      member.engine().close();
    }
  }

  private int workers(Conversion conversion, long samples) {
    long sum = lanes.able(conversion).stream().mapToLong(engine -> engine.info.lanes()).sum();
    long pieces = (samples + PieceSize.MIN_SAMPLES - 1) / PieceSize.MIN_SAMPLES;
    return (int) Math.max(1, Math.min(sum, pieces));
  }

  /**
   * Stops all conversions and closes the engines. An engine that hangs is closed when it returns.
   * Closing twice is harmless.
   */
  @Override
  public void close() {
    closed = true;
    worker.close();
    for (Job job : jobs) {
      worker.stop(job, new CancellationException("the devices were closed"));
    }
    awaitJobs();
    threads.shutdown();
    for (PoolEngine engine : engines.reversed()) {
      if (lanes.idle(engine)) {
        engine.engine.close();
      }
    }
    if (trusted != null) {
      trusted.close();
    }
  }

  /**
   * Waits until all jobs have ended or abandoned their devices, at most a second beyond the stop
   * limit. Jobs that remain then end by themselves.
   */
  private void awaitJobs() {
    Deadline.after(stop.plusSeconds(1))
        .await(nanos -> {
          if (nanos > 0 && !jobs.isEmpty()) {
            Thread.sleep(1);
          }
          return jobs.isEmpty();
        });
  }
}
