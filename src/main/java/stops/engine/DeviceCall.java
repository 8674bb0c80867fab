package stops.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of a device's {@link Engine#convert} on a thread of its own, so that whoever waits for
 * it can give it up.
 */
final class DeviceCall implements Runnable {
  private static final long LOOK_MILLIS = 50;

  private final Engine engine;
  private final Conversion conversion;
  private final Chunk chunk;
  private final PartCheck check;
  private volatile long movedNanos = System.nanoTime();
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Thread runner;
  private @Nullable Runnable afterAbandoned;
  private boolean stopped;
  private @Nullable Tally tally;
  private @Nullable Throwable failure;

  DeviceCall(Engine engine, Conversion conversion, Chunk chunk, PartCheck check) {
    this.engine = engine;
    this.conversion = conversion;
    this.chunk = chunk;
    this.check = part -> moving(check.begin(part));
  }

  /** The same check, and its beginning and its end are progress. */
  private PartCheck.Pending moving(PartCheck.Pending pending) {
    movedNanos = System.nanoTime();
    return tally -> {
      movedNanos = System.nanoTime();
      pending.end(tally);
    };
  }

  @Override
  public void run() {
    Tally met = null;
    Throwable thrown = null;
    try {
      begin();
      met = engine.convert(conversion, chunk, check);
    } catch (Throwable t) {
      thrown = t;
    }
    Runnable last = finish(met, thrown);
    over.countDown();
    if (last != null) {
      last.run();
    }
  }

  private synchronized void begin() {
    runner = Thread.currentThread();
    movedNanos = System.nanoTime();
    if (stopped) {
      runner.interrupt();
    }
  }

  private synchronized @Nullable Runnable finish(@Nullable Tally met, @Nullable Throwable thrown) {
    runner = null;
    tally = met;
    failure = thrown;
    return afterAbandoned;
  }

  /**
   * Waits until the call is over, or has shown no progress for too long. Returns whether it is
   * over.
   */
  boolean await(Standstill limit) throws InterruptedException {
    while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (limit.isTooLong(stillNanos())) {
        return false;
      }
    }
    return true;
  }

  /** How long ago it last showed progress. */
  long stillNanos() {
    return System.nanoTime() - movedNanos;
  }

  /**
   * Interrupts the call, waits until it is over, and gives it up if it is not within {@code limit}.
   *
   * @param afterAbandoned what to do when a call that was given up is over at last
   * @return whether it was over in time
   */
  boolean stop(Duration limit, Runnable afterAbandoned) {
    synchronized (this) {
      stopped = true;
      if (runner != null) {
        runner.interrupt();
      }
    }
    boolean interrupted = false;
    long end = System.nanoTime() + limit.toNanos();
    boolean isOver = false;
    while (!isOver) {
      try {
        isOver = over.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return isOver || !abandon(afterAbandoned);
  }

  private synchronized boolean abandon(Runnable then) {
    if (tally != null || failure != null) {
      return false;
    }
    afterAbandoned = then;
    return true;
  }

  /**
   * Completes when the device has let go of the memory, which may be later than the call is over.
   */
  synchronized CompletableFuture<?> released() {
    return failure instanceof EngineFailure e
        ? e.released()
        : CompletableFuture.completedFuture(null);
  }

  /** What came out, once it is over. */
  synchronized Tally result() throws EngineFailure {
    switch (failure) {
      case null -> {}
      case EngineFailure e -> throw e;
      case VirtualMachineError e -> throw e;
      default -> throw new EngineFailure(failure.toString(), failure);
    }
    if (tally == null) {
      throw new EngineFailure("no tally");
    }
    return tally;
  }
}
