package stops.engine.pool;

import java.time.Duration;

/**
 * How patient a pool is with devices.
 *
 * @param standstill how long a device may finish no piece before it is out. A piece takes a
 *     fraction of a second, the first one of all as long as the driver's compiler
 * @param stop how long a device that was told to stop may take before it is left alone with its
 *     piece
 */
public record PoolLimits(Standstill standstill, Duration stop) {

  /** 60 s without progress, and 0.9 s to stop, so that who interrupts is back within a second. */
  public static final PoolLimits DEFAULT =
      new PoolLimits(Standstill.of(Duration.ofSeconds(60)), Duration.ofMillis(900));
}
