package stops.cli.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Paragraphs;

/**
 * The command line that a command takes. Every command has {@code --help}, {@code --version} and
 * {@code --debug} too.
 *
 * @param name of the command
 * @param operands the operands, as the help text shows them
 * @param description of the command, in paragraphs
 * @param options the options, in the order of the help text
 */
public record Syntax(String name, String operands, List<String> description, List<Option> options) {
  public static final String HELP = "help";
  public static final String VERSION = "version";
  public static final String DEBUG = "debug";

  public Syntax {
    List<Option> all = new ArrayList<>(options);
    all.add(flag(DEBUG, "Show the stack trace of a failure."));
    all.add(flag("h", HELP, "Show this help."));
    all.add(flag("V", VERSION, "Print the version."));
    description = List.copyOf(description);
    options = List.copyOf(all);
  }

  /** An option without a value. */
  public static Option flag(String name, String description) {
    return flag(null, name, description);
  }

  /** An option without a value, with a short form. */
  public static Option flag(@Nullable String letter, String name, String description) {
    return Option.builder(letter).longOpt(name).desc(description).get();
  }

  /** An option with a value. */
  public static Option value(String name, String label, String description) {
    return Option.builder().longOpt(name).hasArg().argName(label).desc(description).get();
  }

  /** The options, as the parser takes them. */
  public Options table() {
    Options table = new Options();
    options.forEach(table::addOption);
    return table;
  }

  /** The help text, for a terminal of {@code columns} columns. */
  public String help(int columns) {
    Paragraphs text = new Paragraphs(columns);
    text.add(
        0,
        4,
        String.format(Locale.ROOT, "Usage: stops %s %s [OPTION]...", name, operands)
            .replace("  ", " "));
    for (String paragraph : description) {
      text.add(0, 0, paragraph);
    }
    text.blank();
    for (Option option : options) {
      text.entry(heading(option), option.getDescription());
    }
    return text.toString();
  }

  private static String heading(Option option) {
    return (option.getOpt() == null ? "" : "-" + option.getOpt() + ", ")
        + "--"
        + option.getLongOpt()
        + (option.hasArg() ? " " + option.getArgName() : "");
  }
}
