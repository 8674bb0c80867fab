package stops.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.NumberSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;
import stops.cli.terminal.Interruption;
import stops.cli.terminal.Terminal;
import stops.cli.terminal.UsageException;
import stops.cli.view.ViewCommand;
import stops.cli.wedge.WedgeCommand;

/** Runs the commands with options. Only the command that is asked for is loaded. */
final class Commands {
  private static final List<String> NAMES =
      List.of(
          "exposure",
          "intensity",
          "ev",
          "convert",
          "adjust",
          "tween",
          "match",
          "info",
          "stats",
          "wedge",
          "view",
          "devices",
          "verify",
          "bench");

  private Commands() {}

  /** Runs {@code name} with {@code words} behind it, and returns the exit status. */
  static int run(String name, String[] words) {
    Command command = command(name);
    if (command == null) {
      Console.say(
          "stops: there is no command \"" + name + "\"" + guess(name) + "; see stops --help");
      return ExitStatus.USAGE;
    }
    if (command instanceof ScalarOptions) {
      return run(command, words, NumberSyntax::isMeantAsNumber);
    }
    // Closed after the failure is reported, since the process may end as soon as this is closed.
    try (Interruption interruption = Interruption.ofThisThread()) {
      return run(command, words, word -> false);
    }
  }

  private static int run(Command command, String[] words, Predicate<String> operand) {
    List<String> before = Arrays.stream(words).takeWhile(word -> !word.equals("--")).toList();
    String program = "stops " + command.syntax().name();
    if (before.contains("--help") || before.contains("-h")) {
      Console.text(command.syntax().help(Terminal.outputColumns()));
      return ExitStatus.DONE;
    }
    if (before.contains("--version") || before.contains("-V")) {
      Console.result(Help.version());
      return ExitStatus.DONE;
    }
    try {
      return command.run(Arguments.parse(command.syntax(), words, operand));
    } catch (UsageException e) {
      Console.say(program + ": " + Failures.message(e) + "; see " + program + " --help");
      return ExitStatus.USAGE;
    } catch (Exception | Error e) {
      return Failures.report(program, e, before.contains("--" + Syntax.DEBUG));
    }
  }

  private static @Nullable Command command(String name) {
    return switch (name) {
      case "exposure" -> new ScalarOptions("exposure");
      case "intensity" -> new ScalarOptions("intensity");
      case "ev" -> new EvCommand();
      case "convert" -> new ConvertCommand();
      case "adjust" -> new AdjustCommand();
      case "tween" -> new TweenCommand();
      case "match" -> new MatchCommand();
      case "info" -> new InfoCommand();
      case "stats" -> new StatsCommand();
      case "wedge" -> new WedgeCommand(Help.version());
      case "view" -> new ViewCommand();
      case "devices" -> new DevicesCommand();
      case "verify" -> new VerifyCommand();
      case "bench" -> new BenchCommand();
      default -> null;
    };
  }

  /** A hint at the known command that begins like {@code name}, or an empty text. */
  private static String guess(String name) {
    for (String known : NAMES) {
      if (name.length() >= 2
          && (known.startsWith(name)
              || name.startsWith(known.substring(0, Math.min(4, known.length()))))) {
        return " (did you mean " + known + "?)";
      }
    }
    return "";
  }
}
