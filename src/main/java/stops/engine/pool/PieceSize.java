package stops.engine.pool;

import stops.engine.EngineInfo;

/**
 * How much of what is left an engine takes at once: what suits it, but near the end no more than
 * keeps all lanes busy until the finish ("guided self-scheduling", Polychronopoulos and Kuck 1987,
 * weighted by measured speed).
 */
final class PieceSize {
  /** Smaller pieces cost more in handing over than they gain, whatever the engine. */
  static final long MIN_SAMPLES = 1 << 16;

  /** The first piece of an engine whose speed is not known. */
  private static final long TRIAL_SAMPLES = 1 << 14;

  /** Enough where more cost memory, or where it is not known how long they will take. */
  private static final long MODEST_SAMPLES = 1 << 22;

  /** The first pieces of a device whose speed is not known: it may be very slow. */
  private static final long UNKNOWN_DEVICE_SAMPLES = 1 << 18;

  /** What takes longer keeps others waiting, at the end and when it fails. */
  private static final double MOST_SECONDS = 0.25;

  /** The same for a device: a display may wait for it, and a call to it cannot be interrupted. */
  private static final double MOST_DEVICE_SECONDS = 0.05;

  /** What suits an engine may be cut into this many parts before its calls cost more than that. */
  private static final long PARTS = 16;

  /** Pieces begin at multiples of this, so that they begin on whole pages of the buffers. */
  private static final long ALIGN_SAMPLES = 1 << 12;

  private PieceSize() {}

  /**
   * How many samples suit an engine at once.
   *
   * @param info what it is
   * @param laneRate samples per second of one of its lanes, 0 if unknown
   * @param copied whether it gets copies, which take memory
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

  /** The smallest piece for an engine that {@code preferred} suits, unless no more are left. */
  static long least(long preferred) {
    return Math.max(MIN_SAMPLES, preferred / PARTS);
  }

  /**
   * How many samples a lane takes.
   *
   * @param left how many are left, at least 1
   * @param preferred what suits the engine
   * @param share the lane's part of the speed of all that work on this, above 0 to 1; 0 if unknown
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
