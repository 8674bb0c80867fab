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
 * Calls one device on a thread of its own, with a time limit, since a call may never return. After
 * a call that did not return in time, the device is not called any more.
 */
final class Patience implements AutoCloseable {
  private final Duration limit;
  private final ExecutorService thread;
  private @Nullable String lost;

  Patience(String name, Duration limit) {
    this.limit = limit;
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Runs {@code task} and returns its result.
   *
   * @throws EngineFailure if the task fails, or if this call or one before did not return in time
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

  boolean isLost() {
    return lost != null;
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
