package stops.cli.syntax;

import java.util.List;
import org.apache.commons.cli.Option;
import stops.cli.terminal.UsageException;
import stops.image.MemoryBound;

/**
 * The threads and memory for work on files.
 *
 * @param threads threads that read, convert and write
 * @param memory bound of the memory of files in work
 */
public record WorkOptions(int threads, MemoryBound memory) {
  private static final int MOST_THREADS = 1024;

  public static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "threads",
              "N",
              "Threads that read, convert and write. Default: one for each processor."),
          Syntax.value(
              "memory",
              "SIZE",
              "Memory for files in work, beside some 40M for Java, such as 512M. Default: 512M."));

  /** The engines that a command may use. */
  public static final Option DEVICE =
      Syntax.value(
          "device",
          "WHICH",
          "auto (the default: the CPU, or a GPU that is expected to be faster), cpu, all, opencl "
              + "(any OpenCL device), P:D, or a part of a device's name.");

  public static WorkOptions of(Arguments given) throws UsageException {
    String threads = given.value("threads");
    return new WorkOptions(
        threads == null
            ? Runtime.getRuntime().availableProcessors()
            : ValueSyntax.count("--threads", threads, MOST_THREADS),
        new MemoryBound(ValueSyntax.bytes("--memory", given.value("memory", "512M"))));
  }
}
