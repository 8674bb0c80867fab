package stops.engine;

/**
 * How much of what is left an engine takes at once: what suits it, but near the end no more than
 * keeps all lanes busy until the finish ("guided self-scheduling", Polychronopoulos and Kuck 1987,
 * weighted by measured speed).
 */
final class PieceSize {
  /** Smaller pieces cost more in handing over than they gain. */
  static final long MIN_SAMPLES = 1 << 16;

  /** The first piece of an engine whose speed is not known. */
  private static final long TRIAL_SAMPLES = 1 << 14;

  /** Pieces begin at multiples of this, so that they begin on whole pages of the buffers. */
  private static final long ALIGN_SAMPLES = 1 << 12;

  private PieceSize() {}

  /**
   * How many samples a lane takes.
   *
   * @param left how many are left, at least 1
   * @param preferred what suits the engine
   * @param share the lane's part of the speed of all that work on this, above 0 to 1; 0 if unknown
   */
  static long of(long left, long preferred, double share) {
    long size = share == 0 ? TRIAL_SAMPLES : Math.max(MIN_SAMPLES, (long) (left * share / 2));
    if (share == 1) {
      size = left;
    }
    size = Math.min(size, Math.max(preferred, 1));
    size = (size + ALIGN_SAMPLES - 1) / ALIGN_SAMPLES * ALIGN_SAMPLES;
    return Math.min(size, left);
  }
}
