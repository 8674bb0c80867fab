package stops.cli;

import java.util.List;
import org.apache.commons.cli.Option;

/**
 * The options that most commands have.
 *
 * @param json whether the result is printed as JSON
 * @param quiet whether reports, warnings and progress are left out
 * @param debug whether failures are shown with their stack traces
 */
record CommonOptions(boolean json, boolean quiet, boolean debug) {
  static final List<Option> OPTIONS =
      List.of(
          Syntax.flag("json", "Print the result as JSON."),
          Syntax.flag("q", "quiet", "No report, no warnings and no progress."));

  static CommonOptions of(Arguments given) {
    return new CommonOptions(given.has("json"), given.has("quiet"), given.has(Syntax.DEBUG));
  }
}
