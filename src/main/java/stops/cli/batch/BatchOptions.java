package stops.cli.batch;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Numbers;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.image.MemoryBound;

/**
 * What {@code --batch} is asked for.
 *
 * @param jobs the file with the jobs, or {@code -} for standard input
 * @param atOnce the number of jobs side by side
 * @param common what is printed
 * @param defaults the words that stand before those of each job
 * @param mostMemory the memory that no job may exceed; null if each has its own
 */
public record BatchOptions(
    Path jobs,
    int atOnce,
    CommonOptions common,
    List<String> defaults,
    @Nullable MemoryBound mostMemory) {
  public static final String BATCH = "batch";
  private static final String JOBS = "jobs";

  private static final int MOST_JOBS = 8;

  public static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              BATCH,
              "FILE",
              "Do the jobs in FILE, or in standard input (-), one after the other as their lines "
                  + "arrive. A line is the words of this command, quoted as in a shell, or "
                  + "{\"args\": [\"IN\", \"OUT\", ...], \"id\": \"NAME\"}; blank lines and those that "
                  + "begin with # are skipped. Each job has a line of result, with --json an object. "
                  + "One that fails does not stop the others. The exit status is the highest of theirs. "
                  + "Beside --batch there may be --device, --threads and --memory, which jobs take "
                  + "over, --json, -q and --debug."),
          Syntax.value(
              JOBS,
              "N",
              "With --batch, up to N jobs side by side, at most 8, within one --threads and one "
                  + "--memory. Default: 1, so that a job may read what one before it wrote."));

  /** The options whose values are those of jobs that give none. */
  private static final List<String> TAKEN_OVER = List.of("device", "threads", "memory");

  /** The options that may stand beside --batch. */
  private static final Set<String> BESIDE =
      Set.of(BATCH, JOBS, "device", "threads", "memory", "json", "quiet", Syntax.DEBUG);

  /** The options that no job may have. */
  private static final List<String> NOT_IN_JOBS =
      List.of(BATCH, JOBS, "json", Syntax.HELP, Syntax.VERSION);

  public BatchOptions {
    defaults = List.copyOf(defaults);
  }

  /** Reads the options of a command line with {@code --batch}. */
  public static BatchOptions of(Arguments given, Syntax syntax) throws UsageException {
    Path jobs = given.path(BATCH);
    if (jobs == null) {
      throw new IllegalArgumentException("no --batch");
    }
    for (Option option : syntax.options()) {
      String name = option.getLongOpt();
      if (given.has(name) && !BESIDE.contains(name)) {
        throw new UsageException("--" + name + " belongs in the jobs, not beside --batch");
      }
    }
    if (!given.operands().isEmpty()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "what is '%s' for? With --batch all files are in the jobs",
              given.operands().getFirst()));
    }
    WorkOptions work = WorkOptions.of(given);
    var unusedDevices = ValueSyntax.devices("--device", given.value("device", "auto"));
    CommonOptions common = CommonOptions.of(given);
    List<String> defaults = new ArrayList<>();
    for (String name : TAKEN_OVER) {
      if (given.has(name)) {
        defaults.add("--" + name + "=" + given.value(name));
      }
    }
    if (common.quiet()) {
      defaults.add("--quiet");
    }
    if (common.debug()) {
      defaults.add("--" + Syntax.DEBUG);
    }
    return new BatchOptions(
        jobs,
        ValueSyntax.count("--jobs", given.value(JOBS, "1"), MOST_JOBS),
        common,
        defaults,
        given.has("memory") ? work.memory() : null);
  }

  /** Refuses what goes with --batch alone. */
  public static void checkNoBatch(Arguments given) throws UsageException {
    if (given.has(JOBS)) {
      throw new UsageException("--jobs goes with --batch; frames are done side by side anyway");
    }
  }

  /** Refuses what only a command by itself may have. */
  public void checkJob(Arguments job) throws UsageException {
    for (String name : NOT_IN_JOBS) {
      if (job.has(name)) {
        throw new UsageException("--" + name + " is not for a job of --batch");
      }
    }
    if (job.operands().contains("-")) {
      throw new UsageException(
          "- is standard input or output, which a job of --batch has not; name a file");
    }
  }

  /** Refuses a job with more memory than the whole batch. */
  public void checkMemory(WorkOptions job) throws UsageException {
    if (mostMemory != null && job.memory().bytes() > mostMemory.bytes()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--memory %s is more than the batch has, %s",
              Numbers.bytes(job.memory().bytes()),
              Numbers.bytes(mostMemory.bytes())));
    }
  }

  /** Opens the jobs. */
  InputStream open() throws IOException {
    return StandardFiles.isStandard(jobs)
        ? new FileInputStream(FileDescriptor.in)
        : Files.newInputStream(jobs);
  }

  /** The jobs' file, for messages. */
  Path name() {
    return StandardFiles.isStandard(jobs) ? Path.of("standard input") : jobs;
  }
}
