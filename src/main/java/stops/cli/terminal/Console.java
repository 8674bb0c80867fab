package stops.cli.terminal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import stops.text.OneLine;

/**
 * The way of all text to standard output and standard error. Text comes in lines. Names and texts
 * that files and drivers put into a line cannot end it or steer the terminal, because such
 * characters are printed as escapes.
 */
public final class Console {
  private Console() {}

  /** Prints a line of results. */
  public static void result(String line) {
    System.out.println(OneLine.of(line));
  }

  /** Prints lines of results. */
  public static void results(List<String> lines) {
    lines.forEach(Console::result);
  }

  /** Prints a text of several lines, which holds nothing that was read from a file. */
  public static void text(String lines) {
    for (int start = 0; start < lines.length(); ) {
      int end = lines.indexOf('\n', start);
      if (end < 0) {
        System.out.print(OneLine.of(lines.substring(start)));
        return;
      }
      result(lines.substring(start, end));
      start = end + 1;
    }
  }

  /** Prints a value as JSON. What JSON does not escape itself is escaped in JSON's way. */
  public static void json(Object value) {
    text(Json.text(value) + "\n");
  }

  /** Prints a value as JSON on one line, which is seen at once. */
  public static void jsonLine(Object value) {
    text(Json.line(value) + "\n");
    flush();
  }

  /** Makes sure that what was printed so far is seen, also through a pipe. */
  public static void flush() {
    System.out.flush();
  }

  /** Prints a line for people: an error, a warning, or a report beside results. */
  public static void say(String line) {
    System.err.println(OneLine.of(line));
  }

  /** Prints the stack trace of a failure. */
  public static void trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    trace.toString().lines().forEach(line -> say(line.replace("\t", "    ")));
  }

  /** Draws a progress bar over the last one. It has no text from elsewhere. */
  public static void draw(String bar) {
    System.err.print("\r" + bar);
    System.err.flush();
  }
}
