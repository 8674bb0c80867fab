package stops.engine.pool;

import stops.engine.EngineInfo;

/**
 * Computes the number of samples of an engine's next piece. It is the size that suits the engine,
 * but shrinks near the end of a job so that all lanes finish together ("guided self-scheduling",
 * Polychronopoulos and Kuck 1987, weighted by measured speed).
 */
final class PieceSize {
  /**
   * The least samples of a piece on any engine. The overhead of a smaller piece exceeds its gain.
   */
  static final long MIN_SAMPLES = 1 << 16;

  /** Samples of the first piece of an engine of unknown speed. */
  private static final long TRIAL_SAMPLES = 1 << 14;

  /**
   * The most samples of a piece that needs copies, which cost memory, or whose engine has an
   * unknown speed.
   */
  private static final long MODEST_SAMPLES = 1 << 22;

  /** The most samples of a piece on a device of unknown speed, which may be very slow. */
  private static final long UNKNOWN_DEVICE_SAMPLES = 1 << 18;

  /**
   * The longest time of a piece. A longer one delays the other lanes at the end of a job, and when
   * it fails.
   */
  private static final double MOST_SECONDS = 0.25;

  /**
   * The longest time of a piece on a device. A display may wait for the device, and a call to it
   * cannot be interrupted.
   */
  private static final double MOST_DEVICE_SECONDS = 0.05;

  /**
   * The largest divisor of the preferred size of a piece. With more parts, the overhead of the
   * calls outweighs the gain.
   */
  private static final long PARTS = 16;

  /**
   * Alignment of the size of a piece in samples, so that pieces begin on page boundaries of the
   * buffers.
   */
  private static final long ALIGN_SAMPLES = 1 << 12;

  private PieceSize() {}

  /**
   * The number of samples of a piece that suits an engine.
   *
   * @param info the description of the engine
   * @param laneRate samples per second of one of its lanes, 0 if unknown
   * @param copied whether the engine works on copies, which take memory
   */
  static long suiting(EngineInfo info, double laneRate, boolean copied) {
    boolean own = info.kind().isOwn();
    long most = info.preferredChunkSamples();
    if (laneRate == 0 || copied) {
      most = Math.min(most, MODEST_SAMPLES);
    }
    if (laneRate == 0) {
      return own ? most : Math.min(most, UNKNOWN_DEVICE_SAMPLES);
    }
    double seconds = own ? MOST_SECONDS : MOST_DEVICE_SECONDS;
    return Math.clamp((long) (laneRate * seconds), MIN_SAMPLES, Math.max(most, MIN_SAMPLES));
  }

  /**
   * The least samples of a piece for an engine that {@code preferred} samples suit. Only the last
   * piece of a job may be smaller.
   */
  static long least(long preferred) {
    return Math.max(MIN_SAMPLES, preferred / PARTS);
  }

  /**
   * The number of samples of a lane's next piece.
   *
   * @param left number of samples left in the job, at least 1
   * @param preferred number of samples that suits the engine
   * @param share the lane's fraction of the total speed of all lanes on the job, above 0 to 1; 0 if
   *     unknown
   */
  static long of(long left, long preferred, double share) {
    long size = share == 0 ? TRIAL_SAMPLES : Math.max(least(preferred), (long) (left * share / 2));
    if (share == 1) {
      size = left;
    }
    size = Math.min(size, Math.max(preferred, 1));
    if (size >= left) {
      return left;
    }
    return size > ALIGN_SAMPLES ? size - size % ALIGN_SAMPLES : size;
  }
}
