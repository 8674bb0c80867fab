package stops.opencl;

import java.util.Collection;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting with an end. An interrupt does not shorten it; it stays pending. */
final class Patience {
  private Patience() {}

  /** Waits until {@code thread} has ended, or for {@code millis}. */
  static void join(Thread thread, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    while (thread.isAlive() && end - System.nanoTime() > 0) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all have ended, well or not, or for {@code millis}. Whether all have. */
  static boolean settle(Collection<? extends Future<?>> futures, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    for (Future<?> future : futures) {
      while (!future.isDone() && end - System.nanoTime() > 0) {
        try {
          future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException | CancellationException | TimeoutException e) {
          // Whoever waits for the result hears of it.
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return futures.stream().allMatch(Future::isDone);
  }
}
