package stops.opencl;

import stops.opencl.api.ClException;

/** Commands of a lane whose least time is measured. Confined to one thread. */
final class CommandTimer {
  /** The time of a measurement. It is long against the time to start and to wait for kernels. */
  private static final double TELLING_SECONDS = 0.01;

  /**
   * The least time of a kernel is believed if the second least is longer by this factor at most.
   * Other work on the machine makes single measurements longer, but not two of them alike.
   */
  private static final double CONFIRMED = 1.03;

  private final ResidentLane lane;
  private final Commands commands;
  private int times = 1;
  private double best = Double.POSITIVE_INFINITY;
  private double second = Double.POSITIVE_INFINITY;

  /** Starts the commands. */
  @FunctionalInterface
  interface Commands {
    void start() throws ClException;
  }

  /** Runs the commands, to see how often they are to be run in a measurement. */
  CommandTimer(ResidentLane lane, Commands commands) throws ClException {
    this.lane = lane;
    this.commands = commands;
    run();
    if (best < TELLING_SECONDS) {
      times = (int) Math.clamp(Math.ceil(TELLING_SECONDS / best), 1, 1000);
      run();
    }
  }

  /** Measures the commands once more. */
  void run() throws ClException {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      commands.start();
    }
    lane.queue().finish();
    double time = Math.max(1, System.nanoTime() - start) * 1e-9 / times;
    second = Math.min(second, Math.max(best, time));
    best = Math.min(best, time);
  }

  /** The least time of one run of the commands so far, in seconds. */
  double best() {
    return best;
  }

  /** Whether the least time is to be believed. */
  boolean isConfirmed() {
    return second <= CONFIRMED * best;
  }
}
