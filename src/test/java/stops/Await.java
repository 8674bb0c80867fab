package stops;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Waits for events, however long a busy machine takes. The only limit turns a hang into a failure.
 */
public final class Await {
  /** Far more than a busy machine needs. */
  public static final Duration LIMIT = Duration.ofMinutes(10);

  private Await() {}

  /** Returns as soon as {@code happened} returns true. */
  public static void until(String event, Callable<Boolean> happened) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!happened.call()) {
      if (System.nanoTime() - end > 0) {
        fail(String.format(Locale.ROOT, "%s: not in %d minutes", event, LIMIT.toMinutes()));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Returns the exit status of {@code process} when it has ended. One that hangs is killed. */
  public static int end(Process process) throws InterruptedException {
    if (!process.waitFor(LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      String command = process.info().commandLine().orElse("a process");
      fail(String.format(Locale.ROOT, "%s: did not end in %d minutes", command, LIMIT.toMinutes()));
    }
    return process.exitValue();
  }
}
