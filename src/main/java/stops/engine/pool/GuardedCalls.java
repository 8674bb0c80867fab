package stops.engine.pool;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.Tally;

/**
 * Converts pieces on devices: lends them memory, checks their results, and abandons calls that
 * hang. Thread-safe.
 */
final class GuardedCalls {
  private final Executor threads;
  private final PoolLimits limits;
  private final @Nullable Engine trusted;
  private final ScratchMemory scratch = new ScratchMemory();
  private final OpenArenas arenas;
  private final Queue<Loan> held = new ConcurrentLinkedQueue<>();

  /**
   * Calls to devices of any kind.
   *
   * @param threads runs the calls
   * @param trusted computes the expected results of spot checks; null for no spot checks
   * @param arenas keeps lent memory alive
   */
  GuardedCalls(Executor threads, PoolLimits limits, @Nullable Engine trusted, OpenArenas arenas) {
    this.arenas = arenas;
    this.threads = threads;
    this.trusted = trusted;
    this.limits = limits;
  }

  /**
   * Converts the chunks of a piece.
   *
   * @param progressNanos when the engine last finished a piece, by {@link System#nanoTime}
   * @param abandoned is notified when the call is abandoned, and again when it ends after that
   * @throws IllegalStateException if the arena of a chunk is closed
   */
  List<Tally> convert(
      Engine engine,
      Conversion conversion,
      List<Chunk> chunks,
      LongSupplier progressNanos,
      Abandoned abandoned)
      throws EngineFailure, InterruptedException {
    Loan loan = new Loan(chunks, scratch);
    try {
      List<SpotCheck> checks = marked(conversion, loan);
      DeviceCall<List<Tally>> call =
          DeviceCall.of(
              () -> arenas.during(loan.arenas(), () -> engine.convert(conversion, loan.chunks())));
      await(call, loan, progressNanos, abandoned);
      List<Tally> tallies = call.result();
      for (int i = 0; i < checks.size(); i++) {
        checks.get(i).verify(tallies.get(i));
      }
      loan.takeHome();
      return tallies;
    } finally {
      loan.release();
    }
  }

  /** The checks of the results, whose samples are marked as unwritten. */
  private List<SpotCheck> marked(Conversion conversion, Loan loan) {
    if (trusted == null) {
      return List.of();
    }
    List<SpotCheck> checks =
        loan.checkedChunks().stream()
            .map(chunk -> new SpotCheck(trusted, conversion, chunk))
            .toList();
    checks.forEach(SpotCheck::mark);
    return checks;
  }

  /**
   * Starts a call and waits for its end. However this method ends, the call does or is abandoned.
   */
  private void await(DeviceCall<?> call, Loan loan, LongSupplier progressNanos, Abandoned abandoned)
      throws EngineFailure, InterruptedException {
    long start = System.nanoTime();
    threads.execute(call);
    LongSupplier moved = () -> Math.max(start, progressNanos.getAsLong());
    boolean over = false;
    long stillNanos;
    try {
      over = call.await(limits.standstill(), moved);
    } finally {
      stillNanos = System.nanoTime() - moved.getAsLong();
      if (!over) {
        stop(call, loan, abandoned);
      }
    }
    if (!over) {
      throw DeviceCall.noProgress(stillNanos);
    }
  }

  /** Is notified of a call that is abandoned. */
  interface Abandoned {
    void begin();

    void end();
  }

  /** Whether an abandoned call may still use {@code memory}. */
  boolean holds(MemorySegment memory) {
    return held.stream().anyMatch(loan -> loan.overlaps(memory));
  }

  private void stop(DeviceCall<?> call, Loan loan, Abandoned abandoned) {
    held.add(loan);
    if (call.stop(limits.stop())) {
      held.remove(loan);
      return;
    }
    loan.revoke();
    abandoned.begin();
    var unused =
        call.over()
            .whenComplete((result, failure) -> {
              held.remove(loan);
              abandoned.end();
            });
  }
}
