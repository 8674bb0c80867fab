package stops.cli.syntax;

import java.util.List;
import org.apache.commons.cli.Option;
import stops.cli.terminal.UsageException;
import stops.opencl.Arithmetic;
import stops.opencl.EngineOptions;

/**
 * The options that most commands have.
 *
 * @param json whether the result is printed as JSON
 * @param quiet whether reports, warnings and progress are left out
 * @param debug whether failures are shown with their stack traces
 */
public record CommonOptions(boolean json, boolean quiet, boolean debug) {
  public static final List<Option> OPTIONS =
      List.of(
          Syntax.flag("json", "Print the result as JSON."),
          Syntax.flag("q", "quiet", "No report, no warnings and no progress."));

  public static final Option VARIANT =
      Syntax.value(
          "variant",
          "WHICH",
          "What OpenCL kernels compute with: fp64, pairs (float32) or integer. Default: what is "
              + "fastest on the device.");

  /** Applies the option {@link #VARIANT} until the result is closed. */
  public static AutoCloseable variant(Arguments given) throws UsageException {
    String name = given.value("variant");
    if (name == null) {
      return () -> {};
    }
    try {
      var unused = Arithmetic.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--variant: " + e.getMessage());
    }
    String before = System.setProperty(EngineOptions.ARITHMETIC, name);
    return before == null
        ? () -> System.clearProperty(EngineOptions.ARITHMETIC)
        : () -> System.setProperty(EngineOptions.ARITHMETIC, before);
  }

  public static CommonOptions of(Arguments given) {
    return new CommonOptions(given.has("json"), given.has("quiet"), given.has(Syntax.DEBUG));
  }
}
