package stops.cli.terminal;

/** The terminal that the launcher found, if any. */
public final class Terminal {
  private static final int USUAL_COLUMNS = 80;
  private static final int LEAST_COLUMNS = 16;

  private Terminal() {}

  /** Columns of the terminal that standard error goes to; 0 if it goes to none. */
  public static int errorColumns() {
    return Math.max(0, Integer.getInteger("stops.errorColumns", 0));
  }

  /** Whether standard output goes to a terminal. */
  public static boolean hasOutput() {
    return Integer.getInteger("stops.outputColumns", 0) > 0;
  }

  /** Columns for text on standard output. */
  public static int outputColumns() {
    return hasOutput()
        ? Math.max(LEAST_COLUMNS, Integer.getInteger("stops.outputColumns", USUAL_COLUMNS))
        : USUAL_COLUMNS;
  }
}
