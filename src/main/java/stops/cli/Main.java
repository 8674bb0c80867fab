package stops.cli;

import java.util.Arrays;

/**
 * The program {@code stops}: finds the command and runs it. Only the classes of that command are
 * loaded, so that the scalar commands start as fast as an empty Java program.
 */
public final class Main {
  private Main() {}

  /** Runs a command line and ends the process with its status. */
  public static void main(String[] args) {
    StandardError.takeUp();
    StandardOutput output = StandardOutput.takeUp();
    System.exit(output.finish(run(args)));
  }

  static int run(String[] args) {
    if (args.length == 0) {
      System.err.print(Help.text(Terminal.outputColumns()));
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
        System.out.print(Help.text(Terminal.outputColumns()));
        return ExitStatus.DONE;
      }
      case "-V", "--version" -> {
        System.out.println(Help.version());
        return ExitStatus.DONE;
      }
      default -> {
        return Commands.run(args[0], rest);
      }
    }
  }
}
