package stops.cli;

import stops.DeviceUnavailable;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** Turns what went wrong into one line on standard error and the exit status of its kind. */
final class Failures {
  private Failures() {}

  /** Reports {@code failure} of {@code command}; {@code debug} adds the stack trace. */
  static int report(String command, Throwable failure, boolean debug) {
    if (debug) {
      failure.printStackTrace();
    }
    switch (failure) {
      case ImageException e -> {
        say(command, e);
        return e.side() == ImageException.Side.INPUT ? ExitStatus.INPUT : ExitStatus.OUTPUT;
      }
      case EngineFailure e -> {
        say(command, e);
        return ExitStatus.DEVICE;
      }
      case DeviceUnavailable e -> {
        say(command, e);
        return ExitStatus.DEVICE;
      }
      case UsageException e -> {
        say(command, e);
        return ExitStatus.USAGE;
      }
      case InterruptedException e -> {
        say(command, "interrupted; nothing was written");
        return ExitStatus.INTERRUPTED;
      }
      case OutOfMemoryError e -> {
        say(
            command,
            "out of memory ("
                + e.getMessage()
                + "): give Java more with STOPS_JAVA_OPTS=-Xmx4g, or use fewer --threads");
        return ExitStatus.INPUT;
      }
      default -> {
        say(command, "failed unexpectedly: " + failure + "; run it with --debug and report it");
        return ExitStatus.INPUT;
      }
    }
  }

  private static void say(String command, Exception failure) {
    say(command, String.valueOf(failure.getMessage()));
  }

  private static void say(String command, String message) {
    System.err.println(command + ": " + message.replaceAll("\\s*\\R\\s*", " "));
  }
}
