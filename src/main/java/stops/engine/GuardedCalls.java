package stops.engine;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Converts pieces on devices: lends them memory, checks what they did, and leaves those behind that
 * hang. Thread-safe.
 */
final class GuardedCalls {
  private final Executor threads;
  private final PoolLimits limits;
  private final Engine trusted;
  private final ScratchMemory scratch = new ScratchMemory();
  private final Queue<LentChunk> held = new ConcurrentLinkedQueue<>();

  /**
   * Lanes of any devices.
   *
   * @param trusted what their results are compared with
   */
  GuardedCalls(Executor threads, PoolLimits limits, Engine trusted) {
    this.threads = threads;
    this.trusted = trusted;
    this.limits = limits;
  }

  /**
   * Converts a piece.
   *
   * @param abandoned is told when the call was given up, and again when it is over at last
   */
  Tally convert(Engine engine, Conversion conversion, Chunk piece, Abandoned abandoned)
      throws EngineFailure, InterruptedException {
    LentChunk lent = new LentChunk(piece, scratch);
    SpotChecks checks = new SpotChecks(trusted, conversion);
    DeviceCall call = new DeviceCall(engine, conversion, lent.chunk(), checks);
    threads.execute(call);
    boolean over = false;
    long stillNanos;
    try {
      over = call.await(limits.standstill());
    } finally {
      stillNanos = call.stillNanos();
      if (!over) {
        stop(call, lent, abandoned);
      }
    }
    if (!over) {
      throw new EngineFailure(
          String.format(Locale.ROOT, "no progress in %.1f s", stillNanos / 1e9));
    }
    try {
      Tally tally = call.result();
      checks.requireAll(lent.chunk());
      lent.takeHome();
      return tally;
    } finally {
      settle(call, lent, abandoned);
    }
  }

  /** Hears of calls that were given up. */
  interface Abandoned {
    void begin();

    void end();
  }

  /** Whether a call that was given up may still use {@code memory}. */
  boolean holds(MemorySegment memory) {
    return held.stream().anyMatch(lent -> lent.overlaps(memory));
  }

  private void stop(DeviceCall call, LentChunk lent, Abandoned abandoned) {
    held.add(lent);
    if (call.stop(limits.stop(), () -> awaitRelease(call, lent, abandoned))) {
      settle(call, lent, abandoned);
    } else {
      lent.revoke();
      abandoned.begin();
    }
  }

  /** Takes back what a call had that is over, unless its engine left the device alone with it. */
  private void settle(DeviceCall call, LentChunk lent, Abandoned abandoned) {
    if (call.released().isDone()) {
      held.remove(lent);
      lent.release();
    } else {
      held.add(lent);
      lent.revoke();
      abandoned.begin();
      awaitRelease(call, lent, abandoned);
    }
  }

  private void awaitRelease(DeviceCall call, LentChunk lent, Abandoned abandoned) {
    var unused =
        call.released()
            .whenComplete((result, failure) -> {
              held.remove(lent);
              abandoned.end();
            });
  }
}
