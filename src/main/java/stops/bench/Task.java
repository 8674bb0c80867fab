package stops.bench;

import java.util.function.Supplier;
import stops.engine.EngineFailure;

/**
 * A measurement to be made.
 *
 * @param subject the engine that is measured, or the host
 * @param measure the kind of measurement
 * @param load the work of a run, as far as it is known
 * @param work makes the measurement
 */
record Task(BenchRow.Subject subject, Measure measure, Supplier<BenchRow.Load> load, Work work) {

  /** A measurement whose work is known from the beginning. */
  Task(BenchRow.Subject subject, Measure measure, BenchRow.Load load, Work work) {
    this(subject, measure, () -> load, work);
  }

  /** Makes a measurement. */
  @FunctionalInterface
  interface Work {
    /** Runs for about {@code limitSeconds}, and returns the time of each run, in seconds. */
    double[] seconds(double limitSeconds) throws EngineFailure, WrongResult, InterruptedException;
  }
}
