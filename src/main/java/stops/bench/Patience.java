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
 * A thread for calls to one device, which may never return. After one that did not, nothing more is
 * asked of the device.
 */
final class Patience implements AutoCloseable {
  private final Duration limit;
  private final ExecutorService thread;
  private @Nullable String lost;

  Patience(String name, Duration limit) {
    this.limit = limit;
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** What {@code task} returns, if it does in time. */
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
