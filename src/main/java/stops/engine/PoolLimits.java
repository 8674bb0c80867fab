package stops.engine;

import java.time.Duration;

/**
 * How patient a pool is.
 *
 * @param standstill how long a device may show no part of a piece before it is out. A part takes a
 *     fraction of a second, the first one of all as long as the driver's compiler
 * @param stop how long a device that was told to stop may take before it is left alone with its
 *     piece
 */
public record PoolLimits(Standstill standstill, Duration stop) {

  /**
   * 60 s without progress, and 2 s to stop: longer than what engines allow their devices, so that
   * an engine that notices by itself can say what it noticed.
   */
  public static final PoolLimits DEFAULT =
      new PoolLimits(Standstill.of(Duration.ofSeconds(60)), Duration.ofSeconds(2));
}
