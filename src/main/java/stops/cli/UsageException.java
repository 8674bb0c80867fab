package stops.cli;

/** The command line is wrong. The message says where, and what to write instead. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
