package stops.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How much of the machine the work on files takes. */
final class WorkOptions {
  private static final Pattern SIZE = Pattern.compile("(\\d+)([kmgt]?)i?b?");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that read, convert and write. Default: one for each processor.")
  int threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Memory for samples in work, such as 512M. Default: 512M.")
  String memory = "512M";

  int threads() throws UsageException {
    if (threads < 0) {
      throw new UsageException("--threads must be 1 or more, not " + threads);
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  long memoryBytes() throws UsageException {
    Matcher size = SIZE.matcher(memory.toLowerCase(Locale.ROOT));
    if (!size.matches() || size.group(1).length() > 9) {
      throw new UsageException("--memory: '" + memory + "' is not a size such as 512M or 4G");
    }
    int shift = 10 * " kmgt".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
    return Long.parseLong(size.group(1)) << shift;
  }
}
