package stops.bench;

import java.util.stream.DoubleStream;
import stops.engine.EngineFailure;

/**
 * Runs something again and again: first to warm up, then for as long as it may take, at least
 * {@value #LEAST_RUNS} and at most {@value #MOST_RUNS} times, if that does not take far too long.
 */
final class Repetition {
  private static final int WARM_UP_RUNS = 1;

  /** Warm-up goes on while runs are faster than the fastest before by this factor. */
  private static final double STILL_WARMING = 0.9;

  private static final int LEAST_RUNS = 3;
  private static final int MOST_RUNS = 15;

  private Repetition() {}

  /** One run. */
  @FunctionalInterface
  interface Run {
    /** Returns how long it took, in seconds, preparations and checks left out. */
    double seconds() throws EngineFailure, WrongResult, InterruptedException;
  }

  /** Runs for about {@code limitSeconds} altogether, up to twice that for the least runs. */
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
      // No clock is finer than a nanosecond.
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
