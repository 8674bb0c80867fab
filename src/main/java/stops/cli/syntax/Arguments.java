package stops.cli.syntax;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.UsageException;

/**
 * The words of a command line behind the command. Of an option that is given several times, the
 * last one counts. A word that begins with a minus sign is an option, unless it is nothing else.
 * Behind {@code --} all words are operands.
 */
public final class Arguments {
  /** Java puts this in the place of bytes that it cannot decode. */
  private static final char REPLACED = '\uFFFD';

  /** What no shell takes for anything else. */
  private static final Pattern SAFE = Pattern.compile("[-+.,:/=@%_0-9A-Za-z]+");

  private final CommandLine line;
  private final List<String> operands;
  private final List<String> words;

  private Arguments(CommandLine line, List<String> operands, List<String> words) {
    this.line = line;
    this.operands = operands;
    this.words = words;
  }

  /**
   * Reads a command line.
   *
   * @param operand whether a word is an operand although it begins with a minus sign
   * @throws UsageException if there is an unknown option, or one without its value
   */
  public static Arguments parse(Syntax syntax, String[] words, Predicate<String> operand)
      throws UsageException {
    Options options = syntax.table();
    List<String> given = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (word.equals("--")) {
        operands.addAll(Arrays.asList(words).subList(i + 1, words.length));
        break;
      }
      if (word.equals("-") || !word.startsWith("-") || operand.test(word)) {
        operands.add(word);
        continue;
      }
      checkKnown(options, word);
      Option option = options.getOption(word);
      // A value may begin with a minus sign, as numbers and ranges of frames do.
      boolean valueFollows =
          option != null
              && option.hasArg()
              && i + 1 < words.length
              && !isOption(options, words[i + 1]);
      given.add(valueFollows ? word + "=" + words[++i] : word);
    }
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get()
              .parse(options, given.toArray(String[]::new));
      return new Arguments(line, operands, List.of(words));
    } catch (UnrecognizedOptionException e) {
      throw unknown(String.valueOf(e.getOption()));
    } catch (MissingArgumentException e) {
      Option option = e.getOption();
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--%s needs a value: --%s %s",
              option.getLongOpt(),
              option.getLongOpt(),
              option.getArgName()));
    } catch (ParseException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOption(Options options, String word) {
    return word.startsWith("--") && options.hasLongOption(name(word)) || word.equals("--");
  }

  /** Refuses words that the parser would take: {@code -name}, and several letters in one word. */
  private static void checkKnown(Options options, String word) throws UsageException {
    boolean known =
        word.startsWith("--")
            ? options.hasLongOption(name(word))
            : word.length() == 2 && options.hasShortOption(name(word));
    if (!known) {
      throw unknown(word);
    }
    Option option = options.getOption(name(word));
    if (!option.hasArg() && word.contains("=")) {
      throw new UsageException("--" + option.getLongOpt() + " takes no value");
    }
  }

  private static String name(String word) {
    String bare = word.substring(word.startsWith("--") ? 2 : 1);
    int equals = bare.indexOf('=');
    return equals < 0 ? bare : bare.substring(0, equals);
  }

  private static UsageException unknown(String word) {
    return new UsageException(
        String.format(
            Locale.ROOT,
            "there is no option %s%s",
            word.startsWith("--") ? "--" + name(word) : word,
            word.startsWith("--") ? "" : " (a file of that name is ./" + word + ")"));
  }

  /** The words as one would give them to a shell. */
  public String words() {
    return String.join(
        " ",
        words.stream()
            .map(word ->
                SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
            .toList());
  }

  /** Whether the option is given. */
  public boolean has(String option) {
    return line.hasOption(option);
  }

  /** The value of an option; null where it is not given. */
  public @Nullable String value(String option) {
    String[] values = line.getOptionValues(option);
    return values == null ? null : values[values.length - 1];
  }

  /** The value of an option, or {@code otherwise} where it is not given. */
  public String value(String option, String otherwise) {
    String value = value(option);
    return value == null ? otherwise : value;
  }

  /** The value of an option as a number, or {@code otherwise} where it is not given. */
  public double number(String option, double otherwise) throws UsageException {
    String value = value(option);
    if (value == null) {
      return otherwise;
    }
    try {
      return NumberSyntax.parse(value);
    } catch (NumberFormatException e) {
      throw new UsageException("--" + option + ": " + NumberSyntax.notANumber(value));
    }
  }

  /** The value of an option as names with commas between them; empty where it is not given. */
  public List<String> names(String option) throws UsageException {
    String value = value(option);
    if (value == null) {
      return List.of();
    }
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    if (names.contains("")) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--%s: '%s' has an empty name; write names with single commas between them",
              option,
              value));
    }
    return names;
  }

  /** The value of an option as a file; null where it is not given. */
  public @Nullable Path path(String option) throws UsageException {
    String value = value(option);
    return value == null ? null : path("--" + option, value);
  }

  /** The words that are neither options nor values of options. */
  public List<String> operands() {
    return operands;
  }

  /**
   * The operands as files.
   *
   * @param least least number of files
   * @param most greatest number of files
   * @param names the names of the operands in the help text, for messages
   */
  public List<Path> files(int least, int most, String... names) throws UsageException {
    if (operands.size() < least) {
      throw new UsageException(names[operands.size()] + " is missing");
    }
    if (operands.size() > most) {
      throw new UsageException("what is '" + operands.get(most) + "' for?");
    }
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      files.add(path(names[Math.min(i, names.length - 1)], operands.get(i)));
    }
    return files;
  }

  private static Path path(String what, String text) throws UsageException {
    if (text.isEmpty()) {
      throw new UsageException(what + " is an empty name");
    }
    if (text.indexOf(REPLACED) >= 0) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s: the name '%s' has bytes that are no UTF-8, which Java cannot name; rename it",
              what,
              text));
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s: '%s' is no name of a file here: %s", what, text, e.getReason()));
    }
  }
}
