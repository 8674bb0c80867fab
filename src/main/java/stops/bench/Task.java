package stops.bench;

import java.util.function.Supplier;
import stops.engine.EngineFailure;

/**
 * A measurement to be made.
 *
 * @param subject who is measured
 * @param measure what is measured
 * @param load how much a run is, as far as that is known
 * @param work makes it
 */
record Task(BenchRow.Subject subject, Measure measure, Supplier<BenchRow.Load> load, Work work) {

  /** A measurement of runs of {@code load}. */
  Task(BenchRow.Subject subject, Measure measure, BenchRow.Load load, Work work) {
    this(subject, measure, () -> load, work);
  }

  /** Makes a measurement. */
  @FunctionalInterface
  interface Work {
    /** Runs for about {@code limitSeconds}, and returns how long each run took, in seconds. */
    double[] seconds(double limitSeconds) throws EngineFailure, WrongResult, InterruptedException;
  }
}
