package stops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import stops.cli.batch.BatchOptions;
import stops.cli.batch.Job;
import stops.cli.batch.JobOutcome;
import stops.cli.batch.JobWork;
import stops.cli.batch.JobWorkers;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;
import stops.cli.terminal.Numbers;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.UsageException;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.device.OpenDevices;
import stops.engine.pool.EnginePool;
import stops.sequence.Frame;
import stops.sequence.FrameReport;
import stops.strip.StripWorkers;

/** The jobs of {@code stops convert --batch}. Devices stay open from one job to the next. */
final class ConvertJobs implements JobWork, AutoCloseable {
  private static final int MOST_ALIKE = 1 << 20;

  private final Syntax syntax;
  private final BatchOptions options;
  private final OpenDevices devices = new OpenDevices();
  private final JobWorkers workers = new JobWorkers();

  /** The number of files that were written so far. */
  private final AtomicInteger written = new AtomicInteger();

  ConvertJobs(Syntax syntax, BatchOptions options) {
    this.syntax = syntax;
    this.options = options;
  }

  @Override
  public JobOutcome run(Job job, String name) {
    List<String> words = new ArrayList<>(options.defaults());
    words.addAll(job.words());
    try {
      return run(Arguments.parse(syntax, words.toArray(String[]::new), word -> false), name);
    } catch (Throwable e) {
      if (words.contains("--" + Syntax.DEBUG)) {
        Console.trace(e);
      }
      return new JobOutcome(Failures.status(e), Failures.message(e), null);
    }
  }

  private JobOutcome run(Arguments given, String name) throws Exception {
    options.checkJob(given);
    FileOptions task = FileOptions.of(given);
    ConvertPlaces places = ConvertPlaces.of(given);
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    options.checkMemory(work);
    for (Frame frame : places.frames()) {
      task.formats().checkEnding(frame.input(), frame.output());
    }
    EnginePool engines = devices.of(ValueSyntax.devices("--device", given.value("device", "auto")));
    // Frames are side by side already.
    try (JobWorkers.Lease lease = workers.take(engines, work, !places.isSingle())) {
      return places.isSingle()
          ? single(
              task,
              places.frames().getFirst(),
              new FileConverter(engines, lease.workers()),
              common,
              name)
          : several(task, places, engines, lease.workers(), given, name);
    }
  }

  private JobOutcome several(
      FileTask task,
      ConvertPlaces places,
      EnginePool engines,
      StripWorkers strips,
      Arguments given,
      String name)
      throws UsageException {
    CommonOptions common = CommonOptions.of(given);
    // Here nothing is printed but what failed and, in the end, warnings.
    CommonOptions failures = new CommonOptions(false, true, common.debug());
    SequenceText text =
        new SequenceRun(name, places.frames(), task, failures, ProgressBar.of(true))
            .convert(
                FileRun.sequence(
                    places,
                    task,
                    alike(places.frames().size()),
                    new FileConverter(engines, strips),
                    WorkOptions.of(given).threads(),
                    strips),
                engines);
    for (FrameReport report : text.reports()) {
      int unused = written.addAndGet(report.status() == FrameReport.Status.DONE ? 1 : 0);
    }
    if (!common.quiet()) {
      text.warnings().forEach(line -> Console.say(name + ": " + line));
    }
    return new JobOutcome(text.status(), text(text, given.operands()), text.json());
  }

  private JobOutcome single(
      FileTask task, Frame frame, FileConverter converter, CommonOptions common, String name)
      throws Exception {
    FileReport report = task.run(converter, frame, alike(1), FileProgress.NONE);
    if (!common.quiet()) {
      ConvertText.warnings(report).forEach(line -> Console.say(name + ": " + line));
    }
    if (!report.written()) {
      return new JobOutcome(
          ExitStatus.DATA, ConvertText.notWritten(report), ConvertText.json(report));
    }
    int unused = written.incrementAndGet();
    return new JobOutcome(
        ExitStatus.DONE,
        String.format(
            Locale.ROOT,
            "%s -> %s, %s samples",
            report.input(),
            report.output(),
            Numbers.grouped(report.samples())),
        ConvertText.json(report));
  }

  private static String text(SequenceText text, List<String> operands) {
    if (text.status() == ExitStatus.INTERRUPTED) {
      return text.interruption();
    }
    String failure = text.firstFailure().map(why -> "; " + why).orElse("");
    return String.format(
        Locale.ROOT,
        "%s%s -> %s, %s%s",
        operands.getFirst(),
        operands.size() > 2 ? " and " + (operands.size() - 2) + " more" : "",
        operands.getLast(),
        text.counts(),
        failure);
  }

  /**
   * The number of similar files to choose devices for: as many as there have been are to be
   * expected. So devices are looked for once the CPU has worked for as long as they take to start.
   */
  private int alike(int files) {
    return Math.min(MOST_ALIKE, written.get() + files);
  }

  @Override
  public void close() {
    workers.close();
    devices.close();
  }
}
