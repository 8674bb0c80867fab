package stops.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import stops.waiting.Deadline;

/**
 * Turns a signal that ends the process (SIGINT, SIGTERM) into an interrupt of the working thread,
 * and gives that thread time to remove its temporary file.
 */
public final class Interruption implements AutoCloseable {
  /** Much more than the working thread needs, unless the machine is busy. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final CountDownLatch cleanedUp = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread worker) {
    hook =
        new Thread(
            () -> {
              worker.interrupt();
              boolean unused =
                  Deadline.after(GRACE)
                      .await(nanos -> cleanedUp.await(nanos, TimeUnit.NANOSECONDS));
            },
            "stops-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Watches for the calling thread, until closed. */
  public static Interruption ofThisThread() {
    return new Interruption(Thread.currentThread());
  }

  @Override
  public void close() {
    cleanedUp.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook has waited for this call.
      return;
    }
  }
}
