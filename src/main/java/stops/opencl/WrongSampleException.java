package stops.opencl;

/** A device gave a result that is not the defined one. The message is one line and names both. */
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
