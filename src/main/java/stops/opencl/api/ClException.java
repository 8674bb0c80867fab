package stops.opencl.api;

import java.util.Locale;

/**
 * Signals that an OpenCL call failed. The message is one line: the call, the name of its status,
 * and the device.
 */
public final class ClException extends Exception {
  private static final long serialVersionUID = 1;

  private final String message;

  private ClException(String message) {
    this.message = message;
  }

  ClException(String call, int status, String where) {
    this(String.format(Locale.ROOT, "%s failed: %s on %s", call, ClStatus.describe(status), where));
  }

  ClException(String call, int status, String where, String detail) {
    this(
        String.format(
            Locale.ROOT,
            "%s failed: %s on %s: %s",
            call,
            ClStatus.describe(status),
            where,
            detail));
  }

  /** The failure of a {@code call} that returned success with an impossible {@code answer}. */
  static ClException absurd(String call, String answer, String where) {
    return new ClException(
        String.format(
            Locale.ROOT, "%s gave %s, which cannot be right, on %s", call, answer, where));
  }

  @Override
  public String getMessage() {
    return message;
  }
}
