package stops.engine;

/** Hears how far a conversion is. Called on the threads that convert, one call at a time. */
@FunctionalInterface
public interface Progress {

  /** Hears nothing. */
  Progress NONE = (done, total) -> {};

  /**
   * Some more samples are done. What this throws stops the conversion and reaches its caller.
   *
   * @param doneSamples how many are done, more than at the call before
   * @param totalSamples how many there are
   */
  void converted(long doneSamples, long totalSamples);
}
