package stops.engine.pool;

import java.util.List;
import stops.engine.Conversion;

/**
 * Decides which of the engines that compute on the host's cores may take a piece. Running together,
 * they would only slow each other down, so only the fastest, the leader, works. The others are
 * tried at first, and later for {@link #TRIAL_SHARE} of the time, to notice when one has become
 * faster. During a trial the leader takes no further piece, so that the trial is fair. Guarded by
 * the lock of the {@link LeaseQueue}.
 */
final class HostCores {
  private static final double TRIAL_SHARE = 0.02;

  /**
   * Pieces after which the speed of an engine counts as known. The first piece is not timed, and
   * the second is small.
   */
  private static final int ENOUGH_PIECES = 4;

  /**
   * The factor by which an engine must be slower than the leader for its first trials to end early.
   */
  private static final double HOPELESS = 100;

  private HostCores() {}

  /**
   * Whether {@code engine} may take a piece now. {@code working} are the working engines of the
   * job.
   */
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
