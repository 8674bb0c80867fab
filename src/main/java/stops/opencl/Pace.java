package stops.opencl;

/**
 * How many samples a kernel run may have so that it takes about 50 ms: short enough for a display
 * that waits for the same device, and for a user who cancels. Thread-safe.
 */
final class Pace {
  private static final long TARGET_NANOS = 50_000_000;
  private static final long FIRST_SAMPLES = 1 << 20;
  private static final long LEAST_SAMPLES = 1 << 16;
  private static final long MOST_SAMPLES = 1 << 26;

  private final long fixedSamples;
  private volatile long samples = FIRST_SAMPLES;

  /** A pace that is measured, or {@code fixedSamples} if that is not 0. */
  Pace(long fixedSamples) {
    this.fixedSamples = fixedSamples;
  }

  /** The most samples of a kernel run now. */
  long samples() {
    return fixedSamples == 0 ? samples : fixedSamples;
  }

  /** Notes that a run of {@code count} samples took {@code nanos}. */
  void note(long count, long nanos) {
    if (count >= LEAST_SAMPLES) {
      double possible = (double) count * TARGET_NANOS / Math.max(nanos, 1);
      long next = (long) Math.min(possible, 2.0 * Math.max(samples, count));
      samples = Math.clamp(next & -LEAST_SAMPLES, LEAST_SAMPLES, MOST_SAMPLES);
    }
  }
}
