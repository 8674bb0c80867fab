package stops.engine;

/**
 * Receives the progress of a conversion. Called on the converting threads, one call at a time. The
 * caller holds no lock and no device, so a listener may convert with the same devices itself.
 */
@FunctionalInterface
public interface Progress {

  /** Ignores all progress. */
  Progress NONE = (done, total) -> {};

  /**
   * Reports that more samples are done. An exception thrown here stops the conversion and is
   * rethrown to its caller.
   *
   * @param doneSamples number of samples done, larger at each call
   * @param totalSamples number of samples in all
   */
  void converted(long doneSamples, long totalSamples);
}
