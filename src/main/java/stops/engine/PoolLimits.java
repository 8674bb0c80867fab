package stops.engine;

import java.time.Duration;

/**
 * How patient a pool is.
 *
 * @param piece how long a device may take for one piece before it is out. A piece has at most the
 *     device's {@link EngineInfo#preferredChunkSamples}, which take a fraction of a second
 * @param stop how long a device that was told to stop may take before it is left alone with its
 *     piece
 */
public record PoolLimits(Duration piece, Duration stop) {

  /** 20 s a piece, and 0.4 s to stop. */
  public static final PoolLimits DEFAULT =
      new PoolLimits(Duration.ofSeconds(20), Duration.ofMillis(400));
}
