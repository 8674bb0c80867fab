package stops.cli;

/** The exit statuses of the program. */
final class ExitStatus {
  /** Done. */
  static final int DONE = 0;

  /** The data said no: an undefined exposure under {@code --zero fail}, or not equal. */
  static final int DATA = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The input cannot be read, is damaged or is not supported. */
  static final int INPUT = 3;

  /** The output cannot be written. */
  static final int OUTPUT = 4;

  /** A device was required and is absent, or every engine failed. */
  static final int DEVICE = 5;

  /** Interrupted by the user, as shells report it. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
