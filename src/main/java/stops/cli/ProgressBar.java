package stops.cli;

/** How far a command is, on one line of a terminal; nothing elsewhere. Thread-safe. */
final class ProgressBar implements AutoCloseable {
  private static final long STEP_NANOSECONDS = 100_000_000;
  private static final int MOST_WIDTH = 30;

  /** What a line has beside the bar: brackets, and the percentage behind a blank. */
  private static final int OTHER_WIDTH = 8;

  private final int columns;
  private long last = System.nanoTime();
  private int drawn;

  private ProgressBar(int columns) {
    this.columns = columns;
  }

  /** A bar on standard error if the launcher found a terminal there, and not {@code hidden}. */
  static ProgressBar of(boolean hidden) {
    return new ProgressBar(hidden ? 0 : Terminal.errorColumns());
  }

  /** Whether there is a bar at all. */
  boolean shown() {
    return columns > OTHER_WIDTH;
  }

  /** Prints something where the bar is; the bar comes back below it. */
  synchronized void above(Runnable print) {
    clear();
    print.run();
  }

  /** Shows that {@code done} of {@code all} parts are done. */
  synchronized void strips(int done, int all) {
    long now = System.nanoTime();
    if (shown() && now - last >= STEP_NANOSECONDS) {
      last = now;
      String line = line(done, all, columns);
      drawn = line.length();
      System.err.print("\r" + line);
      System.err.flush();
    }
  }

  /** What is shown; it leaves the last column free, where some terminals begin another line. */
  static String line(int done, int all, int columns) {
    String percent = "  " + 100L * done / all;
    percent = percent.substring(percent.length() - 3) + " %";
    int width = Math.min(MOST_WIDTH, columns - 1 - OTHER_WIDTH);
    if (width < 1) {
      return percent;
    }
    int filled = (int) ((long) width * done / all);
    return "[" + "#".repeat(filled) + " ".repeat(width - filled) + "] " + percent;
  }

  @Override
  public synchronized void close() {
    clear();
  }

  private void clear() {
    if (drawn > 0) {
      System.err.print("\r" + " ".repeat(drawn) + "\r");
      System.err.flush();
      drawn = 0;
    }
  }
}
