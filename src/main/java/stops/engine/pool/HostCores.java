package stops.engine.pool;

import java.util.List;
import stops.engine.Conversion;

/**
 * Shares the host's cores among the engines that compute on them. Together they would only take
 * time from each other, so the fastest leads and the others are tried: at first, and then now and
 * again for {@link #TRIAL_SHARE} of the time, to notice when one has become faster. While one is
 * tried the leader takes no further piece, or the trial would be unfair. Guarded by the lock of the
 * {@link LeaseQueue}.
 */
final class HostCores {
  private static final double TRIAL_SHARE = 0.02;

  /** The first piece does not count, and the second is a small one. */
  private static final int ENOUGH_PIECES = 4;

  /**
   * An engine slower than the leader by this factor at small pieces is tried no further for now.
   */
  private static final double HOPELESS = 100;

  private HostCores() {}

  /** Whether {@code engine} may take a piece now, of a job that {@code working} can do. */
  static boolean mayTake(PoolEngine engine, List<PoolEngine> working, Conversion conversion) {
    if (!engine.onHostCores()) {
      return true;
    }
    PoolEngine leader = engine;
    boolean trial = false;
    for (PoolEngine other : working) {
      if (other.onHostCores()) {
        trial |= other.onTrial();
        if (other.rate(conversion) > leader.rate(conversion)) {
          leader = other;
        }
      }
    }
    return !trial && (engine == leader || isDue(engine, leader, conversion));
  }

  /** Whether a piece for {@code engine} is a trial. */
  static boolean isTrial(PoolEngine engine, List<PoolEngine> working, Conversion conversion) {
    double rate = engine.rate(conversion);
    return engine.onHostCores()
        && working.stream()
            .anyMatch(other ->
                other != engine
                    && other.onHostCores()
                    && (rate == 0 || other.rate(conversion) > rate));
  }

  private static boolean isDue(PoolEngine engine, PoolEngine leader, Conversion conversion) {
    double rate = engine.rate(conversion);
    if (rate == 0
        || engine.pieces(conversion) < ENOUGH_PIECES && rate * HOPELESS > leader.rate(conversion)) {
      return true;
    }
    double expectedSeconds = engine.info.preferredChunkSamples() / engine.laneRate(conversion);
    return engine.waitedSeconds() * TRIAL_SHARE >= expectedSeconds;
  }
}
