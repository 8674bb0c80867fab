package stops.waiting;

import java.time.Duration;

/** A moment at which waiting ends. Immutable and thread-safe. */
public final class Deadline {
  /** Farther ahead than anything waits, and near enough that times can be compared. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** The deadline that comes {@code limit} from now. */
  public static Deadline after(Duration limit) {
    Duration wait = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /** Nanoseconds until the deadline; 0 once it has passed. */
  public long leftNanos() {
    return Math.max(0, endNanos - System.nanoTime());
  }

  /** Whether the deadline has passed. */
  public boolean isOver() {
    return leftNanos() == 0;
  }

  /** Something that may be waited for. */
  @FunctionalInterface
  public interface Event {

    /**
     * Waits for the event, at most for {@code nanos} nanoseconds. May return early.
     *
     * @return whether the event has happened
     */
    boolean await(long nanos) throws InterruptedException;
  }

  /**
   * Waits for an event until the deadline. An interrupt does not shorten the wait; it stays
   * pending.
   *
   * @return whether the event has happened; an event that happened before counts after the deadline
   *     too
   */
  public boolean await(Event event) {
    boolean interrupted = false;
    try {
      while (true) {
        long nanos = leftNanos();
        try {
          if (event.await(nanos)) {
            return true;
          }
          if (nanos == 0) {
            return false;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
