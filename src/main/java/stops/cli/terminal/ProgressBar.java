package stops.cli.terminal;

/** The progress of a command, on one line of a terminal; nothing elsewhere. Thread-safe. */
public final class ProgressBar implements AutoCloseable {
  private static final long STEP_NANOSECONDS = 100_000_000;
  private static final int MOST_WIDTH = 30;

  /** Width of the brackets, a blank and the percentage. */
  private static final int OTHER_WIDTH = 8;

  private final int columns;
  private long last = System.nanoTime();
  private int drawn;

  private ProgressBar(int columns) {
    this.columns = columns;
  }

  /** A bar on standard error, if that is a terminal and the bar is not {@code hidden}. */
  public static ProgressBar of(boolean hidden) {
    return new ProgressBar(hidden ? 0 : Terminal.errorColumns());
  }

  /** Whether there is a bar at all. */
  public boolean shown() {
    return columns > OTHER_WIDTH;
  }

  /** Prints something in the place of the bar, which comes back below. */
  public synchronized void above(Runnable print) {
    clear();
    print.run();
  }

  /** Shows that {@code done} of {@code all} parts are done. */
  public synchronized void strips(int done, int all) {
    long now = System.nanoTime();
    if (shown() && now - last >= STEP_NANOSECONDS) {
      last = now;
      String line = line(done, all, columns);
      drawn = line.length();
      Console.draw(line);
    }
  }

  /** The line, without the last column: some terminals begin another line when that is filled. */
  public static String line(int done, int all, int columns) {
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
      Console.draw(" ".repeat(drawn) + "\r");
      drawn = 0;
    }
  }
}
