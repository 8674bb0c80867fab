package stops.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs the commands that have options: builds the model of the one that is asked for, no more. */
final class Commands {
  private static final String[] NAMES = {
    "exposure", "intensity", "convert", "info", "devices", "verify", "bench"
  };

  private Commands() {}

  /** Runs {@code name} with {@code arguments} and returns the exit status. */
  static int run(String name, String[] arguments) {
    CommonCommand command = command(name);
    if (command == null) {
      System.err.println(
          "stops: there is no command \"" + name + "\"" + guess(name) + "; see stops --help");
      return ExitStatus.USAGE;
    }
    CommandLine line =
        new CommandLine(command)
            .setCommandName("stops " + name)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUnmatchedOptionsArePositionalParams(command instanceof ScalarOptions)
            .setParameterExceptionHandler(Commands::usage)
            .setExecutionExceptionHandler((failure, failed, parsed) ->
                Failures.report(failed.getCommandName(), failure, command.common().debug));
    if (command instanceof ScalarOptions) {
      return line.execute(arguments);
    }
    // Until the failure is reported, too: the process ends as soon as this is closed.
    try (Interruption interruption = Interruption.ofThisThread()) {
      return line.execute(arguments);
    }
  }

  private static @Nullable CommonCommand command(String name) {
    return switch (name) {
      case "exposure" -> new ScalarOptions("exposure");
      case "intensity" -> new ScalarOptions("intensity");
      case "convert" -> new ConvertCommand();
      case "info" -> new InfoCommand();
      case "devices" -> new DevicesCommand();
      case "verify" -> new VerifyCommand();
      case "bench" -> new BenchCommand();
      default -> null;
    };
  }

  private static int usage(ParameterException problem, String[] arguments) {
    String name = problem.getCommandLine().getCommandName();
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("wrong usage");
    System.err.println(name + ": " + message + "; see " + name + " --help");
    return ExitStatus.USAGE;
  }

  /** The command that was probably meant: one that begins alike. */
  private static String guess(String name) {
    for (String known : NAMES) {
      if (name.length() >= 2
          && (known.startsWith(name) || name.startsWith(known.substring(0, 4)))) {
        return " (did you mean " + known + "?)";
      }
    }
    return "";
  }
}
