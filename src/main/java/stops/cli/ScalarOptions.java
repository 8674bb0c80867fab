package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.NumberSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.UsageException;
import stops.math.Scalar;

/** The scalar commands with options. Without options, {@link ScalarCommand} runs alone. */
final class ScalarOptions implements Command {
  private final String name;

  ScalarOptions(String name) {
    this.name = name;
  }

  @Override
  public Syntax syntax() {
    boolean toExposure = name.equals("exposure");
    return new Syntax(
        name,
        "X...",
        List.of(
            toExposure
                ? "Prints log2 of each intensity, in stops, one a line. The exposure of 0 is "
                    + "undefined (exit status 1); a negative intensity is clamped to 1e-323."
                : "Prints 2 to the power of each exposure, one a line.",
            "Numbers are arguments or, without any, words on standard input: 0.18, 1/250, 1e-3, "
                + "inf, nan."),
        List.of(Syntax.flag("json", "Print the results as JSON.")));
  }

  @Override
  public int run(Arguments given) throws UsageException {
    for (String number : given.operands()) {
      if (!NumberSyntax.isNumber(number)) {
        throw new UsageException(NumberSyntax.notANumber(number));
      }
    }
    if (!given.has("json")) {
      return ScalarCommand.run(name, given.operands().toArray(String[]::new));
    }
    if (given.operands().isEmpty()) {
      throw new UsageException("--json needs the numbers as arguments");
    }
    List<Map<String, Object>> results = new ArrayList<>();
    boolean undefined = false;
    for (String number : given.operands()) {
      double x = NumberSyntax.parse(number);
      boolean zero = name.equals("exposure") && x == 0;
      undefined |= zero;
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("input", x);
      if (zero) {
        result.put("undefined", true);
      } else {
        result.put(name, name.equals("exposure") ? Scalar.exposure(x) : Scalar.intensity(x));
        if (name.equals("exposure") && x < Scalar.LEAST_INTENSITY) {
          result.put("clamped", true);
        }
      }
      results.add(result);
    }
    Console.json(Map.of("results", results));
    return undefined ? ExitStatus.DATA : ExitStatus.DONE;
  }
}
