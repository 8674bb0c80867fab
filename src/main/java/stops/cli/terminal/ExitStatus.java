package stops.cli.terminal;

/** The exit statuses of the program. */
public final class ExitStatus {
  /** Done. */
  public static final int DONE = 0;

  /** The data said no: an undefined exposure under {@code --zero fail}, or not equal. */
  public static final int DATA = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The input cannot be read, is damaged or is not supported. */
  public static final int INPUT = 3;

  /** The output cannot be written. */
  public static final int OUTPUT = 4;

  /** A device was required and is absent, or every engine failed. */
  public static final int DEVICE = 5;

  /** Interrupted by the user, as shells report it. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
