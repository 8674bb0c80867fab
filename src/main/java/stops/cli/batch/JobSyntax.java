package stops.cli.batch;

import java.util.Locale;
import java.util.Optional;
import stops.cli.terminal.UsageException;

/** The lines of a batch: words as in a shell, or a JSON object. */
final class JobSyntax {
  private JobSyntax() {}

  /**
   * The job of a line; empty if the line is blank or begins with {@code #}.
   *
   * @throws UsageException if the line is no job; the message has the column
   */
  static Optional<Job> job(long number, String line) throws UsageException {
    int start = 0;
    while (start < line.length() && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
      start++;
    }
    if (start == line.length() || line.charAt(start) == '#') {
      return Optional.empty();
    }
    return Optional.of(
        line.charAt(start) == '{'
            ? JsonJob.of(number, line)
            : new Job(number, null, ShellWords.of(line)));
  }

  /** A mistake at an index of a line. Columns are counted from 1, in characters. */
  static UsageException problem(String line, int index, String what) {
    return new UsageException(
        String.format(Locale.ROOT, "column %d: %s", line.codePointCount(0, index) + 1, what));
  }
}
