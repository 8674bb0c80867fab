package stops.bench;

/** An engine gave a wrong answer. The message says which, on one line. */
final class WrongResult extends Exception {
  private static final long serialVersionUID = 1;

  WrongResult(String message) {
    super(message);
  }
}
