package stops.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import stops.device.DeviceUnavailable;
import stops.engine.EngineFailure;
import stops.ev.MissingSettings;
import stops.image.ImageException;
import stops.opencl.SettingException;

/** Turns a failure into one line on standard error and an exit status. */
public final class Failures {
  private static final int MOST_CAUSES = 16;

  private Failures() {}

  /** Reports {@code failure} of {@code command}; {@code debug} adds the stack trace. */
  public static int report(String command, Throwable failure, boolean debug) {
    if (debug) {
      Console.trace(failure);
    }
    Console.say(command + ": " + message(failure));
    return status(failure);
  }

  /**
   * Reports the failure of one of several files, which does not stop the others, and returns its
   * exit status.
   *
   * @param told how the line begins: the command, and the frame if it is one, each with its colon
   * @param json the object that is printed with {@code error} and {@code exitStatus} in it; null
   *     for none
   * @param debug whether the stack trace is printed
   */
  public static int reportOne(
      ProgressBar bar,
      String told,
      @Nullable Map<String, Object> json,
      boolean debug,
      Throwable failure) {
    int status = status(failure);
    bar.above(() -> {
      if (json != null) {
        Map<String, Object> line = new LinkedHashMap<>(json);
        line.put("error", message(failure));
        line.put("exitStatus", status);
        Console.jsonLine(line);
      }
      if (debug) {
        Console.trace(failure);
      }
      Console.say(told + message(failure));
    });
    return status;
  }

  /** The exit status for a failure. */
  public static int status(Throwable failure) {
    return switch (failure) {
      case ImageException e when e.side() == ImageException.Side.OUTPUT -> ExitStatus.OUTPUT;
      case EngineFailure e -> ExitStatus.DEVICE;
      case DeviceUnavailable e -> ExitStatus.DEVICE;
      case MissingSettings e -> ExitStatus.DATA;
      case UsageException e -> ExitStatus.USAGE;
      case SettingException e -> ExitStatus.USAGE;
      case InterruptedException e -> ExitStatus.INTERRUPTED;
      default -> ExitStatus.INPUT;
    };
  }

  /** The failure on one line. */
  public static String message(Throwable failure) {
    String message =
        switch (failure) {
          case ImageException e -> e.getMessage();
          case EngineFailure e -> e.getMessage();
          case DeviceUnavailable e -> e.getMessage();
          case MissingSettings e -> e.getMessage();
          case UsageException e -> e.getMessage();
          case SettingException e -> e.getMessage();
          case InterruptedException e -> "interrupted; nothing was written";
          case IOException e -> "a file cannot be read or written: " + e.getMessage();
          case UncheckedIOException e -> "a file cannot be read or written: " + reason(e);
          case DirectoryIteratorException e -> "a folder cannot be listed: " + reason(e);
          default ->
              exhausted(failure)
                  .orElseGet(() ->
                      "failed unexpectedly: " + failure + "; run it with --debug and report it");
        };
    return String.valueOf(message)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }

  /** The message for a lack of memory, threads or stack that is the cause of a failure. */
  private static Optional<String> exhausted(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      // After a class could not be initialised for lack of memory, Java tells only in words why.
      String text = String.valueOf(cause);
      if (text.contains("unable to create native thread")) {
        return Optional.of(
            "the system allows no more threads: use fewer with --threads, or raise its limit");
      }
      if (text.contains("OutOfMemoryError")) {
        return Optional.of(
            "out of memory: give Java more with STOPS_JAVA_OPTS=-Xmx4g, or use fewer --threads "
                + "or less --memory");
      }
      if (cause instanceof StackOverflowError) {
        return Optional.of(
            "the input is nested too deeply: give Java more room with STOPS_JAVA_OPTS=-Xss64m");
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
