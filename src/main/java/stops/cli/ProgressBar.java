package stops.cli;

/** How far a command is, on one line of a terminal; nothing elsewhere. Thread-safe. */
final class ProgressBar implements AutoCloseable {
  private static final long STEP_NANOSECONDS = 100_000_000;
  private static final int WIDTH = 30;

  private final boolean shown;
  private long last = System.nanoTime();
  private boolean drawn;

  private ProgressBar(boolean shown) {
    this.shown = shown;
  }

  /** A bar on standard error if the launcher found a terminal there, and not {@code hidden}. */
  static ProgressBar of(boolean hidden) {
    return new ProgressBar(!hidden && Boolean.getBoolean("stops.terminal"));
  }

  /** Whether there is a bar at all. */
  boolean shown() {
    return shown;
  }

  /** Prints something where the bar is; the bar comes back below it. */
  synchronized void above(Runnable print) {
    clear();
    print.run();
  }

  /** Shows that {@code done} of {@code all} parts are done. */
  synchronized void strips(int done, int all) {
    long now = System.nanoTime();
    if (shown && now - last >= STEP_NANOSECONDS) {
      last = now;
      drawn = true;
      int filled = (int) ((long) WIDTH * done / all);
      System.err.printf(
          "\r[%s%s] %3d %%", "#".repeat(filled), " ".repeat(WIDTH - filled), 100L * done / all);
    }
  }

  @Override
  public synchronized void close() {
    clear();
  }

  private void clear() {
    if (drawn) {
      System.err.print("\r" + " ".repeat(WIDTH + 10) + "\r");
      drawn = false;
    }
  }
}
