package stops.engine.pool;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.EngineFault;
import stops.engine.Tally;

/**
 * Converts the pieces of a job one by one on the calling thread. For each piece it leases a lane of
 * an engine, converts, and records the work. The job takes back a piece on which the engine failed.
 * Thread-safe.
 */
final class PieceWorker {
  private final List<PoolEngine> engines;
  private final LeaseQueue lanes;
  private final GuardedCalls devices;
  private final Ledger ledger;
  private volatile boolean closed;

  /**
   * A worker.
   *
   * @param engines the engines of the pool, to which more may be added later
   * @param ledger the ledger of the pool; each plan has its own
   */
  PieceWorker(List<PoolEngine> engines, LeaseQueue lanes, GuardedCalls devices, Ledger ledger) {
    this.engines = engines;
    this.lanes = lanes;
    this.devices = devices;
    this.ledger = ledger;
  }

  /** From now on, each engine is closed as soon as all of its lanes are free. */
  void close() {
    closed = true;
  }

  /** Converts pieces of {@code job} until no samples are left or the job is stopped. */
  void work(Job job) {
    job.enter();
    try {
      while (!job.stopped() && lanes.left(job) > 0) {
        List<PoolEngine> able = lanes.able(job.conversion);
        if (able.isEmpty()) {
          throw noneLeft(job.conversion);
        }
        job.plan.choose(able);
        Piece piece = lanes.acquire(job);
        while (piece != null) {
          convert(job, piece);
          piece = lanes.acquire(job);
        }
      }
    } catch (Throwable t) {
      stop(job, t);
    } finally {
      job.leave();
    }
  }

  /** Ends a job early; the first reason counts. */
  void stop(Job job, Throwable reason) {
    job.stop(reason);
    lanes.recheck();
  }

  /** Converts a piece and ends its lease. Progress is told when nothing is leased any more. */
  private void convert(Job job, Piece piece) throws EngineFailure, InterruptedException {
    PoolEngine engine = piece.engine();
    AtomicBoolean abandoned = new AtomicBoolean();
    long start = System.nanoTime();
    boolean done = false;
    EngineFault fault = null;
    double seconds = 0;
    try {
      List<Job.Part> parts = job.parts(piece);
      List<Tally> met = convert(job.conversion, engine, Job.chunks(parts), abandoned);
      done = true;
      seconds = (System.nanoTime() - start) * 1e-9;
      ledger.done(engine, piece.samples(), seconds);
      job.plan.ledger().done(engine, piece.samples(), seconds);
      job.done(piece, parts, met);
    } catch (EngineFailure e) {
      fault =
          new EngineFault(
              Instant.now(), engine.info.id(), piece.first(), piece.samples(), message(e));
      ledger.failed(engine, fault);
      job.plan.ledger().failed(engine, fault);
      if (engine.trusted()
          && Job.chunks(job.parts(piece)).stream().anyMatch(PieceWorker::isInPlace)) {
        throw new EngineFailure(fault + "; it worked in place, so the source is gone", e);
      }
    } finally {
      lanes.end(job, piece, done, seconds, fault, !abandoned.get());
      closeIfIdle(engine);
    }
    job.tellProgress();
  }

  private List<Tally> convert(
      Conversion conversion, PoolEngine engine, List<Chunk> chunks, AtomicBoolean abandoned)
      throws EngineFailure, InterruptedException {
    return engine.trusted()
        ? engine.engine.convert(conversion, chunks)
        : devices.convert(
            engine.engine,
            conversion,
            chunks,
            engine::progressNanos,
            onAbandoned(engine, abandoned));
  }

  private static boolean isInPlace(Chunk chunk) {
    return chunk.source().asOverlappingSlice(chunk.target()).isPresent();
  }

  private GuardedCalls.Abandoned onAbandoned(PoolEngine engine, AtomicBoolean abandoned) {
    return new GuardedCalls.Abandoned() {
      @Override
      public void begin() {
        abandoned.set(true);
      }

      @Override
      public void end() {
        lanes.freeLane(engine);
        closeIfIdle(engine);
      }
    };
  }

  /** Closes an engine that was still busy when the pool was closed. */
  private void closeIfIdle(PoolEngine engine) {
    if (closed && lanes.idle(engine)) {
      engine.engine.close();
    }
  }

  private static String message(EngineFailure failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  private EngineFailure noneLeft(Conversion conversion) {
    List<EngineFault> faults = lanes.faults();
    return new EngineFailure(
        faults.isEmpty()
            ? String.format(
                Locale.ROOT,
                "%s cannot convert %s to %s%s; use the CPU, or all devices",
                engines.stream().map(each -> each.info.id()).collect(Collectors.joining(", ")),
                conversion.source(),
                conversion.target(),
                conversion.hasGain() ? " with a gain" : "")
            : "no engine is left: "
                + faults.stream().map(EngineFault::toString).collect(Collectors.joining("; ")));
  }
}
