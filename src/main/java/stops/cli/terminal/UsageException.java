package stops.cli.terminal;

/** The command line is wrong. The message says where, and what to write instead. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
