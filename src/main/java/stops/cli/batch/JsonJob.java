package stops.cli.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.UsageException;

/**
 * Reads a job that is a JSON object: {@code args} is an array of texts, and {@code id} a text or a
 * whole number, which may be left out. Strict, and errors have their exact column, which those of
 * Gson have not.
 */
final class JsonJob {
  private static final Pattern WHOLE_NUMBER =
      Pattern.compile("(-?(?:0|[1-9]\\d{0,17}))(?![.eE\\d])");
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{4}");
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String line;
  private int at;
  private @Nullable List<String> args;
  private @Nullable Object id;

  private JsonJob(String line) {
    this.line = line;
  }

  /**
   * The job of a line.
   *
   * @throws UsageException if the line is no JSON, or no job; the message has the column
   */
  static Job of(long number, String line) throws UsageException {
    JsonJob job = new JsonJob(line);
    job.object();
    List<String> args = job.args;
    if (args == null) {
      throw job.problem("the job has no \"args\"");
    }
    return new Job(number, job.id, args);
  }

  private void object() throws UsageException {
    expect('{');
    if (!accept('}')) {
      do {
        member();
      } while (accept(','));
      expect('}', "a comma or }");
    }
    blanks();
    if (at < line.length()) {
      throw problem("nothing may follow the job");
    }
  }

  private void member() throws UsageException {
    blanks();
    int start = at;
    String name = text("a name in double quotes");
    expect(':');
    blanks();
    switch (name) {
      case "args" -> {
        if (args != null) {
          throw JobSyntax.problem(line, start, "\"args\" is given twice");
        }
        args = texts();
      }
      case "id" -> {
        if (id != null) {
          throw JobSyntax.problem(line, start, "\"id\" is given twice");
        }
        id = at < line.length() && line.charAt(at) == '"' ? text("a text") : number();
      }
      default ->
          throw JobSyntax.problem(
              line,
              start,
              String.format(Locale.ROOT, "\"%s\" is neither \"args\" nor \"id\"", name));
    }
  }

  private List<String> texts() throws UsageException {
    List<String> texts = new ArrayList<>();
    expect('[');
    if (!accept(']')) {
      do {
        blanks();
        texts.add(text("a text in double quotes"));
      } while (accept(','));
      expect(']', "a comma or ]");
    }
    return texts;
  }

  private Long number() throws UsageException {
    Matcher number = WHOLE_NUMBER.matcher(line).region(at, line.length());
    if (!number.lookingAt()) {
      throw problem("a text or a whole number has to be here");
    }
    at = number.end();
    return Long.valueOf(number.group());
  }

  private String text(String what) throws UsageException {
    if (at == line.length() || line.charAt(at) != '"') {
      throw problem(what + " has to be here");
    }
    int open = at++;
    StringBuilder text = new StringBuilder();
    while (at < line.length()) {
      char next = line.charAt(at);
      if (next == '"') {
        at++;
        return text.toString();
      }
      if (next < ' ') {
        throw problem("a control character has to be written as an escape");
      }
      if (next == '\\') {
        text.append(escape());
      } else {
        text.append(next);
        at++;
      }
    }
    throw JobSyntax.problem(line, open, "the quote \" is not closed");
  }

  private char escape() throws UsageException {
    char letter = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
    int known = ESCAPES.indexOf(letter);
    if (known >= 0) {
      at += 2;
      return ESCAPED.charAt(known);
    }
    Matcher code = HEXADECIMAL.matcher(line).region(Math.min(at + 2, line.length()), line.length());
    if (letter != 'u' || !code.lookingAt()) {
      throw problem("JSON has no such escape");
    }
    at += 6;
    return (char) Integer.parseInt(code.group(), 16);
  }

  private void blanks() {
    while (at < line.length() && " \t\r\n".indexOf(line.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char wanted) {
    blanks();
    boolean there = at < line.length() && line.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) throws UsageException {
    expect(wanted, String.valueOf(wanted));
  }

  private void expect(char wanted, String what) throws UsageException {
    if (!accept(wanted)) {
      throw problem(what + " has to be here");
    }
  }

  private UsageException problem(String what) {
    return JobSyntax.problem(line, at, what);
  }
}
