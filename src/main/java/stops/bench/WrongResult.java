package stops.bench;

/** Signals that an engine gave a wrong result. The message says which, on one line. */
final class WrongResult extends Exception {
  private static final long serialVersionUID = 1;

  WrongResult(String message) {
    super(message);
  }
}
