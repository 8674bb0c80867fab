package stops.bench;

import java.util.stream.DoubleStream;
import stops.engine.EngineFailure;

/**
 * Repeats a run: first to warm up, then until its time is over. There are at least {@value
 * #LEAST_RUNS} runs, unless they take far longer than that time, and at most {@value #MOST_RUNS}.
 */
final class Repetition {
  private static final int WARM_UP_RUNS = 1;

  /** Warming up goes on while a run takes less than this fraction of the fastest one before. */
  private static final double STILL_WARMING = 0.9;

  private static final int LEAST_RUNS = 3;
  private static final int MOST_RUNS = 15;

  private Repetition() {}

  /** One run. */
  @FunctionalInterface
  interface Run {
    /** Runs, and returns the time in seconds, without preparation and checks. */
    double seconds() throws EngineFailure, WrongResult, InterruptedException;
  }

  /**
   * Repeats a run for about {@code limitSeconds}, or up to twice as long for the least number of
   * runs. Returns the time of each run, in seconds.
   */
  static double[] of(Run run, double limitSeconds)
      throws EngineFailure, WrongResult, InterruptedException {
    long start = System.nanoTime();
    warmUp(run, start, limitSeconds / 2);
    DoubleStream.Builder seconds = DoubleStream.builder();
    int runs = 0;
    while (runs < MOST_RUNS
        && (since(start) < limitSeconds
            || runs < LEAST_RUNS && since(start) < 2 * limitSeconds
            || runs == 0)) {
      // Clocks are no finer than a nanosecond, so that a short run may seem to take no time.
      seconds.add(Math.max(run.seconds(), 1e-9));
      runs++;
    }
    return seconds.build().toArray();
  }

  private static void warmUp(Run run, long start, double limitSeconds)
      throws EngineFailure, WrongResult, InterruptedException {
    double best = Double.POSITIVE_INFINITY;
    boolean warming = true;
    for (int i = 0; (i < WARM_UP_RUNS || warming) && since(start) < limitSeconds; i++) {
      double seconds = run.seconds();
      warming = i > 0 && seconds < best * STILL_WARMING;
      best = Math.min(best, seconds);
    }
  }

  private static double since(long startNanos) {
    return (System.nanoTime() - startNanos) * 1e-9;
  }
}
