package stops.engine.pool;

import java.time.Duration;

/**
 * Says when a device is given up that shows no progress. Progress is what counts, not the time that
 * work takes: on a busy machine everything takes longer, but it goes on.
 */
@FunctionalInterface
public interface Standstill {

  /** Whether a device that has shown no progress for so long is given up. */
  boolean isTooLong(long nanos);

  /** Gives up after {@code limit}. */
  static Standstill of(Duration limit) {
    return nanos -> nanos > limit.toNanos();
  }
}
