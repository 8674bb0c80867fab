package stops.cli;

import java.util.Arrays;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;
import stops.cli.terminal.StandardError;
import stops.cli.terminal.StandardOutput;
import stops.cli.terminal.Terminal;

/**
 * The program {@code stops}: finds the command and runs it. Only the classes of that command are
 * loaded, so that the scalar commands start as fast as an empty Java program.
 */
public final class Main {
  private Main() {}

  /**
   * Says in one line why a thread ended that nobody waits for. Java would print a stack trace. A
   * class of its own, since a lambda would delay the start of scalar commands.
   */
  static final class LostThread implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
      Console.say("stops: warning: a thread ended early: " + Failures.message(failure));
    }
  }

  /** Runs a command line and ends the process with its status. */
  public static void main(String[] args) {
    StandardError.takeUp();
    StandardOutput output = StandardOutput.takeUp();
    Thread.setDefaultUncaughtExceptionHandler(new LostThread());
    System.exit(output.finish(run(args)));
  }

  /** Runs a command line and returns its status, whatever happens. */
  static int run(String[] args) {
    try {
      return runCommand(args);
    } catch (RuntimeException | Error e) {
      return Failures.report(args.length == 0 ? "stops" : "stops " + args[0], e, false);
    }
  }

  private static int runCommand(String[] args) {
    if (args.length == 0) {
      for (String line : Help.text(Terminal.outputColumns()).split("\n", 0)) {
        Console.say(line);
      }
      return ExitStatus.USAGE;
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    switch (args[0]) {
      case "exposure", "intensity" -> {
        return ScalarCommand.areNumbers(rest)
            ? ScalarCommand.run(args[0], rest)
            : Commands.run(args[0], rest);
      }
      case "-h", "--help" -> {
        Console.text(Help.text(Terminal.outputColumns()));
        return ExitStatus.DONE;
      }
      case "-V", "--version" -> {
        Console.result(Help.version());
        return ExitStatus.DONE;
      }
      default -> {
        return Commands.run(args[0], rest);
      }
    }
  }
}
