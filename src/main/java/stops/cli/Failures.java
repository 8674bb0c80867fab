package stops.cli;

import java.util.Locale;
import stops.device.DeviceUnavailable;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** Turns a failure into one line on standard error and an exit status. */
final class Failures {
  private Failures() {}

  /** Reports {@code failure} of {@code command}; {@code debug} adds the stack trace. */
  static int report(String command, Throwable failure, boolean debug) {
    if (debug) {
      failure.printStackTrace();
    }
    System.err.println(command + ": " + message(failure));
    return status(failure);
  }

  /** The exit status for a failure. */
  static int status(Throwable failure) {
    return switch (failure) {
      case ImageException e when e.side() == ImageException.Side.OUTPUT -> ExitStatus.OUTPUT;
      case EngineFailure e -> ExitStatus.DEVICE;
      case DeviceUnavailable e -> ExitStatus.DEVICE;
      case UsageException e -> ExitStatus.USAGE;
      case InterruptedException e -> ExitStatus.INTERRUPTED;
      default -> ExitStatus.INPUT;
    };
  }

  /** The failure on one line. */
  static String message(Throwable failure) {
    String message =
        switch (failure) {
          case ImageException e -> e.getMessage();
          case EngineFailure e -> e.getMessage();
          case DeviceUnavailable e -> e.getMessage();
          case UsageException e -> e.getMessage();
          case InterruptedException e -> "interrupted; nothing was written";
          case OutOfMemoryError e ->
              String.format(
                  Locale.ROOT,
                  "out of memory (%s): give Java more with STOPS_JAVA_OPTS=-Xmx4g, or use fewer --threads",
                  e.getMessage());
          default -> "failed unexpectedly: " + failure + "; run it with --debug and report it";
        };
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }
}
