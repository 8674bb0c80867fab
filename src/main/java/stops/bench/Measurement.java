package stops.bench;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;

/**
 * The times that a task has taken so far. They come from several rounds, so that a temporary load
 * on the machine shows in the spread, and not in the median. Confined to one thread.
 */
final class Measurement {
  private final Task task;
  private double[] seconds = {};
  private @Nullable String failure;

  Measurement(Task task) {
    this.task = task;
  }

  /** Adds runs for about {@code limitSeconds}, unless the task has failed. */
  void round(double limitSeconds) throws InterruptedException {
    if (failure == null) {
      double[] more = run(limitSeconds);
      seconds = DoubleStream.concat(DoubleStream.of(seconds), DoubleStream.of(more)).toArray();
    }
  }

  /** Measures once more, and keeps the faster of both results. */
  void again(double limitSeconds) throws InterruptedException {
    if (failure == null) {
      double[] other = run(limitSeconds);
      if (other.length > 0
          && (seconds.length == 0 || Timing.of(other).median() < Timing.of(seconds).median())) {
        seconds = other;
      }
    }
  }

  private double[] run(double limitSeconds) throws InterruptedException {
    try {
      return task.work().seconds(limitSeconds);
    } catch (EngineFailure | WrongResult e) {
      failure = String.valueOf(e.getMessage());
      return new double[0];
    }
  }

  /** The row of the task: with figures, or failed. Empty if the task has not run yet. */
  Optional<BenchRow> row() {
    BenchRow.Load load = task.load().get();
    if (failure != null) {
      return Optional.of(BenchRow.failed(task.subject(), task.measure(), load, failure));
    }
    return seconds.length == 0
        ? Optional.empty()
        : Optional.of(BenchRow.of(task.subject(), task.measure(), load, Timing.of(seconds)));
  }
}
