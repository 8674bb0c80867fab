package stops.cli.view;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stops.cli.terminal.Console;

/** Shows an address in the user's browser, through the program that the system has for that. */
final class Browser {
  private Browser() {}

  /** The program; empty where there is no display. */
  static Optional<String> opener(String system, Map<String, String> environment) {
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return Optional.of("open");
    }
    boolean display =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    return display ? Optional.of("xdg-open") : Optional.empty();
  }

  /** Starts the browser, if there is a display, and says so if that fails. */
  static void open(String address) {
    Optional<String> opener = opener(System.getProperty("os.name", ""), System.getenv());
    opener.ifPresent(program ->
        Thread.ofPlatform().daemon().name("stops-browser").start(() -> run(program, address)));
  }

  private static void run(String program, String address) {
    String problem;
    try {
      int status =
          new ProcessBuilder(List.of(program, address))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status == 0) {
        return;
      }
      problem = "ended with status " + status;
    } catch (IOException e) {
      problem = "cannot be started";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    Console.say(
        "stops view: no browser was opened: "
            + program
            + " "
            + problem
            + "; open the address in one");
  }
}
