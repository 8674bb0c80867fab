package stops.bench;

import stops.engine.EngineFailure;

/**
 * A measurement to be made.
 *
 * @param subject who is measured
 * @param measure what is measured
 * @param load how much a run is
 * @param work makes it
 */
record Task(BenchRow.Subject subject, Measure measure, BenchRow.Load load, Work work) {

  /** Makes a measurement. */
  @FunctionalInterface
  interface Work {
    /** Runs for about {@code limitSeconds}. */
    Timing time(double limitSeconds) throws EngineFailure, WrongResult, InterruptedException;
  }

  /** The row that came out: with figures if all went well and all answers were right. */
  BenchRow row(double limitSeconds) throws InterruptedException {
    try {
      return BenchRow.of(subject, measure, load, work.time(limitSeconds));
    } catch (EngineFailure | WrongResult e) {
      return BenchRow.failed(subject, measure, load, String.valueOf(e.getMessage()));
    }
  }
}
