package stops.engine.pool;

import java.time.Duration;

/**
 * Decides when a device without progress is abandoned. Progress counts, not duration: on a busy
 * machine everything takes longer, but goes on.
 */
@FunctionalInterface
public interface Standstill {

  /** Whether to abandon a device that has made no progress for {@code nanos} nanoseconds. */
  boolean isTooLong(long nanos);

  /** Abandons a device after {@code limit} without progress. */
  static Standstill of(Duration limit) {
    return nanos -> nanos > limit.toNanos();
  }
}
