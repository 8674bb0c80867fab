package stops.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;

/**
 * Makes all calls of a benchmark to one device, which may never return, on one thread. After a call
 * that did not return in time, all further ones fail at once. Confined to one caller.
 */
final class DeviceThread implements AutoCloseable {
  private final Duration limit;
  private final ExecutorService thread;
  private @Nullable String lost;

  /**
   * A thread.
   *
   * @param limit how long each call may take
   */
  DeviceThread(String name, Duration limit) {
    this.limit = limit;
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Runs a task on the thread, and returns its result.
   *
   * @throws EngineFailure if the task failed or took too long, or an earlier one did
   */
  <T> T call(Callable<T> task) throws EngineFailure, InterruptedException {
    if (lost != null) {
      throw new EngineFailure(lost);
    }
    Future<T> result = thread.submit(task);
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      lost = String.format(Locale.ROOT, "no answer within %d s", limit.toSeconds());
      throw new EngineFailure(lost, e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case EngineFailure failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new EngineFailure(String.valueOf(e.getCause()), e);
      }
    }
  }

  /** Whether a call did not return in time. */
  boolean isLost() {
    return lost != null;
  }

  /** Ends the thread once its calls have returned. Does not wait for that. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
