package stops.engine.pool;

import java.time.Duration;

/**
 * The time limits of a pool for its devices.
 *
 * @param standstill how long a device may go without finishing a piece before it is excluded. A
 *     piece takes a fraction of a second. The first one also includes the driver's compiler
 * @param stop how long a call may take to return after it was interrupted, before it is abandoned
 */
public record PoolLimits(Standstill standstill, Duration stop) {

  /**
   * 60 s without progress, and 0.9 s to stop, so that an interrupt takes effect within a second.
   */
  public static final PoolLimits DEFAULT =
      new PoolLimits(Standstill.of(Duration.ofSeconds(60)), Duration.ofMillis(900));
}
