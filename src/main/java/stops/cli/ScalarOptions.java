package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import stops.math.Scalar;

/** The scalar commands with options; without any, {@link ScalarCommand} alone does the work. */
@Command(
    description = {
      "Prints one result a line for each number given, or read from standard input.",
      "exposure: log2 of each intensity, in stops. The exposure of 0 is undefined (exit status 1);",
      "a negative intensity is clamped to 1e-323. intensity: 2 to the power of each exposure."
    })
final class ScalarOptions implements CommonCommand {
  private final String command;

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "X", description = "Numbers; inf and nan are ones too.")
  List<String> numbers = new ArrayList<>();

  ScalarOptions(String command) {
    this.command = command;
  }

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws UsageException {
    for (String number : numbers) {
      if (!ScalarCommand.areNumbers(new String[] {number})) {
        throw new UsageException("\"" + number + "\" is not a number");
      }
    }
    if (!common.json) {
      return ScalarCommand.run(command, numbers.toArray(String[]::new));
    }
    if (numbers.isEmpty()) {
      throw new UsageException("--json needs the numbers as arguments");
    }
    List<Map<String, Object>> results = new ArrayList<>();
    boolean undefined = false;
    for (String number : numbers) {
      double x = ScalarCommand.parse(number);
      boolean zero = command.equals("exposure") && x == 0;
      undefined |= zero;
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("input", x);
      if (zero) {
        result.put("undefined", true);
      } else {
        result.put(command, command.equals("exposure") ? Scalar.exposure(x) : Scalar.intensity(x));
        if (command.equals("exposure") && x < Scalar.LEAST_INTENSITY) {
          result.put("clamped", true);
        }
      }
      results.add(result);
    }
    Json.print(Map.of("results", results));
    return undefined ? ExitStatus.DATA : ExitStatus.DONE;
  }
}
