package stops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;
import stops.cli.syntax.NumberSyntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.math.Scalar;

/**
 * {@code stops exposure X…} and {@code stops intensity X…}: one result a line for numbers given as
 * arguments or, where there are none, on standard input. It has no lambdas, reflection and
 * libraries, so that it starts fast: scripts call it a thousand times.
 */
final class ScalarCommand {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Characters that are printed between two looks whether anybody still reads them. */
  private static final int CHECK_CHARACTERS = 8192;

  private final boolean toExposure;
  private final StringBuilder out = new StringBuilder();
  private int status = ExitStatus.DONE;

  private ScalarCommand(boolean toExposure) {
    this.toExposure = toExposure;
  }

  /** Whether these arguments are all numbers, so that there is no option among them. */
  static boolean areNumbers(String[] arguments) {
    for (String argument : arguments) {
      if (!NumberSyntax.isNumber(argument)) {
        return false;
      }
    }
    return true;
  }

  /** Runs {@code command}, {@code exposure} or {@code intensity}, and returns the exit status. */
  static int run(String command, String[] numbers) {
    ScalarCommand run = new ScalarCommand(command.equals("exposure"));
    if (numbers.length > 0) {
      for (String number : numbers) {
        run.convert(NumberSyntax.parse(number));
      }
      System.out.print(run.out);
      return run.status;
    }
    return run.readAll(command);
  }

  private int readAll(String command) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
    try {
      long lineNumber = 0;
      int unchecked = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lineNumber++;
        if (lineNumber == 1 && line.startsWith(BYTE_ORDER_MARK)) {
          line = line.substring(1);
        }
        StringTokenizer words = new StringTokenizer(line, " \t;\r");
        while (words.hasMoreTokens()) {
          String word = words.nextToken();
          // A comma ends a number before a blank; between digits it may be a decimal one.
          String number = word.endsWith(",") ? word.substring(0, word.length() - 1) : word;
          if (!NumberSyntax.isNumber(number)) {
            System.out.print(out);
            Console.say(
                "stops "
                    + command
                    + ": standard input, line "
                    + lineNumber
                    + ": "
                    + NumberSyntax.notANumber(number));
            return ExitStatus.INPUT;
          }
          convert(NumberSyntax.parse(number));
        }
        System.out.print(out);
        unchecked += out.length();
        out.setLength(0);
        // A user, or a program that asks number by number, waits for the answer. Numbers without
        // end
        // must end once nobody reads the answers.
        if (unchecked >= CHECK_CHARACTERS || !in.ready()) {
          unchecked = 0;
          if (System.out.checkError()) {
            return status;
          }
        }
      }
      return status;
    } catch (IOException e) {
      Console.say("stops " + command + ": standard input cannot be read: " + e.getMessage());
      return ExitStatus.INPUT;
    }
  }

  private void convert(double x) {
    if (toExposure) {
      exposure(x);
    } else {
      intensity(x);
    }
  }

  private void exposure(double intensity) {
    if (intensity == 0) {
      out.append("undefined\n");
      Console.say("stops exposure: the exposure of zero intensity is undefined");
      status = ExitStatus.DATA;
      return;
    }
    if (intensity < Scalar.LEAST_INTENSITY) {
      Console.say(
          "stops exposure: warning: "
              + (intensity < 0 ? "negative intensity " : "intensity ")
              + intensity
              + " is clamped to 1e-323");
    }
    out.append(Scalar.exposure(intensity)).append('\n');
  }

  private void intensity(double exposure) {
    double intensity = Scalar.intensity(exposure);
    if (Math.abs(exposure) < Double.POSITIVE_INFINITY
        && (intensity == 0 || intensity == Double.POSITIVE_INFINITY)) {
      Console.say(
          "stops intensity: warning: the intensity of "
              + exposure
              + " stops is too "
              + (intensity == 0 ? "small" : "large")
              + " for a 64-bit number");
    }
    out.append(intensity).append('\n');
  }
}
