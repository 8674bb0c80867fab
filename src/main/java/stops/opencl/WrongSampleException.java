package stops.opencl;

/** Signals that a device gave a wrong result or lost samples. The message is one line. */
final class WrongSampleException extends Exception {
  private static final long serialVersionUID = 1;

  private final String message;

  WrongSampleException(String message) {
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
