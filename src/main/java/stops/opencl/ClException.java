package stops.opencl;

/** An OpenCL call failed. The message is one line: the call, the status by name, where. */
final class ClException extends Exception {
  private static final long serialVersionUID = 1;

  private final String message;

  ClException(String call, int status, String where) {
    this.message = "%s failed: %s on %s".formatted(call, ClStatus.describe(status), where);
  }

  ClException(String call, int status, String where, String detail) {
    this.message =
        "%s failed: %s on %s: %s".formatted(call, ClStatus.describe(status), where, detail);
  }

  @Override
  public String getMessage() {
    return message;
  }
}
