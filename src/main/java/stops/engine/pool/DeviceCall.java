package stops.engine.pool;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.waiting.Deadline;

/**
 * A call into a device's driver on a thread of its own. The waiting thread can abandon the call if
 * it hangs. This class is the only place that waits for a device.
 */
public final class DeviceCall<T> implements Runnable {
  private static final long LOOK_MILLIS = 50;

  private final Callable<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private @Nullable Thread runner;
  private boolean stopped;

  private DeviceCall(Callable<T> work) {
    this.work = work;
  }

  /** A call that {@link #run} executes. */
  static <T> DeviceCall<T> of(Callable<T> work) {
    return new DeviceCall<>(work);
  }

  /**
   * Makes a call on a new thread and returns its result.
   *
   * @throws EngineFailure if the call failed or took longer than {@code limits} allow, or if the
   *     calling thread was interrupted. A call that is still running is abandoned
   */
  public static <T> T make(Callable<T> work, PoolLimits limits) throws EngineFailure {
    DeviceCall<T> call = of(work);
    Thread.ofPlatform().daemon().name("stops-device").start(call);
    long start = System.nanoTime();
    try {
      if (call.await(limits.standstill(), () -> start)) {
        return call.result();
      }
      call.stop(limits.stop());
      throw noProgress(System.nanoTime() - start);
    } catch (InterruptedException e) {
      call.stop(limits.stop());
      Thread.currentThread().interrupt();
      throw new EngineFailure("interrupted", e);
    }
  }

  /** The failure of a call that shows no progress. Its cause is a {@link TimeoutException}. */
  static EngineFailure noProgress(long nanos) {
    String message = String.format(Locale.ROOT, "no progress in %.1f s", nanos / 1e9);
    return new EngineFailure(message, new TimeoutException(message));
  }

  @Override
  public void run() {
    T value = null;
    Throwable thrown = null;
    try {
      begin();
      value = work.call();
    } catch (Throwable t) {
      thrown = t;
    }
    end();
    if (thrown == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(thrown);
    }
  }

  private synchronized void begin() {
    runner = Thread.currentThread();
    if (stopped) {
      runner.interrupt();
    }
  }

  private synchronized void end() {
    runner = null;
  }

  /** Waits until the call is over or stands still. Returns whether it is over. */
  boolean await(Standstill limit, LongSupplier progressNanos) throws InterruptedException {
    while (!isOverWithin(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS))) {
      if (limit.isTooLong(System.nanoTime() - progressNanos.getAsLong())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Interrupts the call and waits for its end. Returns whether it ended within {@code limit}.
   * Interrupts of the waiting thread do not cut the wait short.
   */
  boolean stop(Duration limit) {
    synchronized (this) {
      stopped = true;
      if (runner != null) {
        runner.interrupt();
      }
    }
    return Deadline.after(limit).await(this::isOverWithin);
  }

  private boolean isOverWithin(long nanos) throws InterruptedException {
    try {
      result.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Completes when the call ends, also when it ends after it was abandoned. */
  CompletableFuture<T> over() {
    return result;
  }

  /**
   * The result of the call, which must be over.
   *
   * @throws EngineFailure for every failure that is the device's
   */
  T result() throws EngineFailure, InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case EngineFailure failure -> throw failure;
        case OpenArenas.ClosedArena closed -> throw closed;
        case VirtualMachineError error -> throw error;
        case null -> throw new EngineFailure(e.toString(), e);
        default -> throw new EngineFailure(e.getCause().toString(), e.getCause());
      }
    }
  }
}
