package stops.cli.batch;

import java.util.ArrayList;
import java.util.List;
import stops.cli.terminal.UsageException;

/**
 * Splits a line into words as a shell does. Blanks and tabs are between words. In single quotes all
 * characters stand for themselves. A backslash makes the next character stand for itself; in double
 * quotes it does so before {@code "}, {@code \}, {@code $} and {@code `} alone. Nothing else has a
 * meaning: there are no variables, no patterns, no comments and no redirection.
 */
final class ShellWords {
  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * The words of a line.
   *
   * @throws UsageException if a quote is not closed, or nothing follows a backslash; the message
   *     has the column
   */
  static List<String> of(String line) throws UsageException {
    ShellWords words = new ShellWords(line);
    words.read();
    return words.words;
  }

  private void read() throws UsageException {
    while (at < line.length()) {
      char next = line.charAt(at);
      switch (next) {
        case ' ', '\t' -> {
          end();
          at++;
        }
        case '\'' -> single();
        case '"' -> twice();
        case '\\' -> {
          if (at + 1 == line.length()) {
            throw JobSyntax.problem(line, at, "a backslash with nothing behind it");
          }
          add(line.charAt(at + 1));
          at += 2;
        }
        default -> {
          add(next);
          at++;
        }
      }
    }
    end();
  }

  private void single() throws UsageException {
    int close = line.indexOf('\'', at + 1);
    if (close < 0) {
      throw JobSyntax.problem(line, at, "the quote ' is not closed");
    }
    inWord = true;
    word.append(line, at + 1, close);
    at = close + 1;
  }

  private void twice() throws UsageException {
    int open = at++;
    inWord = true;
    while (at < line.length()) {
      char next = line.charAt(at);
      if (next == '"') {
        at++;
        return;
      }
      if (next == '\\' && at + 1 < line.length() && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0) {
        at++;
      }
      word.append(line.charAt(at++));
    }
    throw JobSyntax.problem(line, open, "the quote \" is not closed");
  }

  private void add(char character) {
    inWord = true;
    word.append(character);
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
