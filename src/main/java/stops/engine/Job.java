package stops.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One conversion that a pool works on: what is left of it, what came out, how it ended. */
final class Job {
  final Conversion conversion;
  final Chunk chunk;
  final int workers;

  /** Guarded by the lock of the {@link LeaseQueue}. */
  final Cutter cutter;

  private final EnginePolicy policy;
  private final long jobSamples;
  private final Progress progress;
  private final Ledger ledger;
  private final Tally tally;
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private final long startNanos = System.nanoTime();
  private volatile List<PoolEngine> engines = List.of();
  private volatile @Nullable Throwable failure;
  private long doneSamples;

  /**
   * A job.
   *
   * @param jobSamples how many samples belong to it for the choice of engines; a caller that
   *     converts a large image in many small jobs says how large the image is
   * @param workers how many threads will work on it
   */
  Job(
      Conversion conversion,
      Chunk chunk,
      long jobSamples,
      EnginePolicy policy,
      Progress progress,
      int workers,
      List<PoolEngine> all) {
    this.conversion = conversion;
    this.chunk = chunk;
    this.jobSamples = jobSamples;
    this.policy = policy;
    this.progress = progress;
    this.workers = workers;
    cutter = new Cutter(chunk.samples());
    ledger = new Ledger(all);
    tally = new Tally(chunk.channels());
  }

  /** The engines that shall do it. */
  List<PoolEngine> engines() {
    return engines;
  }

  /** Chooses among {@code able}, which is not empty, unless a chosen engine is among them. */
  synchronized void choose(List<PoolEngine> able) {
    if (able.stream().noneMatch(engines::contains)) {
      EngineChoice choice =
          policy.choose(able.stream().map(each -> each.engine).toList(), conversion, jobSamples);
      engines = able.stream().filter(each -> choice.engines().contains(each.engine)).toList();
      reasons.add(choice.reason());
    }
  }

  synchronized void done(Lease lease, Tally met, double seconds) {
    Piece piece = lease.piece();
    ledger.done(lease.engine(), piece.samples(), seconds);
    tally.add(met, piece.first());
    doneSamples += piece.samples();
    progress.converted(doneSamples, chunk.samples());
  }

  void failed(PoolEngine engine, EngineFault fault) {
    ledger.failed(engine, fault);
  }

  /** Whether no more pieces of it shall be begun. */
  boolean stopped() {
    return failure != null;
  }

  /** Notes that the calling thread works on this job, so that {@link #stop} reaches it. */
  synchronized void enter() {
    threads.add(Thread.currentThread());
    if (failure != null) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes that the calling thread is done with this job. */
  synchronized void leave() {
    threads.remove(Thread.currentThread());
    if (failure != null) {
      Thread.interrupted();
    }
  }

  /** Ends the job early; the first reason counts. */
  synchronized void stop(Throwable reason) {
    if (failure == null) {
      failure = reason;
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) {
          thread.interrupt();
        }
      }
    }
  }

  /** What came out, once no thread works on it any more. */
  synchronized Outcome outcome() throws EngineFailure, InterruptedException {
    if (failure != null) {
      throwFailure(failure);
    }
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    return new Outcome(tally, ledger.uses(), String.join("; then ", reasons), seconds);
  }

  private static void throwFailure(Throwable failure) throws EngineFailure, InterruptedException {
    switch (failure) {
      case EngineFailure e -> throw e;
      case InterruptedException e -> throw e;
      case CancellationException e -> throw new CancellationException(e.getMessage());
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
