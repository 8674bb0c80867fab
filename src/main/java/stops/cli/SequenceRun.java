package stops.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import stops.cli.syntax.CommonOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.ProgressBar;
import stops.engine.EngineUse;
import stops.engine.pool.EnginePool;
import stops.sequence.Frame;
import stops.sequence.FrameReport;
import stops.sequence.SequenceConverter;
import stops.sequence.SequenceListener;

/**
 * A sequence that is being converted. Each frame that ends gets a line on standard output. The
 * progress of the whole is a bar on a terminal, else lines that render farms read.
 */
final class SequenceRun implements SequenceListener {
  private final String program;
  private final List<Frame> frames;
  private final FileTask task;
  private final CommonOptions common;
  private final ProgressBar bar;
  private final Map<Frame, FrameReport> reports = new HashMap<>();

  SequenceRun(
      String program, List<Frame> frames, FileTask task, CommonOptions common, ProgressBar bar) {
    this.program = program;
    this.frames = frames;
    this.task = task;
    this.common = common;
    this.bar = bar;
  }

  /** Converts the sequence, reports it, and returns the highest exit status of a frame. */
  int run(SequenceConverter converter, EnginePool engines) {
    SequenceText text = convert(converter, engines);
    if (text.status() == ExitStatus.INTERRUPTED) {
      Console.say(program + ": " + text.interruption());
    }
    if (common.json()) {
      Console.json(text.json());
    } else if (!common.quiet()) {
      Console.results(text.summary());
    }
    if (!common.quiet()) {
      text.warnings().forEach(line -> Console.say(program + ": " + line));
    }
    return text.status();
  }

  /** Converts the sequence. Its frames are reported one by one, but not the whole. */
  SequenceText convert(SequenceConverter converter, EnginePool engines) {
    long start = System.nanoTime();
    List<EngineUse> before = engines.uses();
    boolean interrupted = false;
    try {
      converter.convert(frames, this);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    bar.close();
    double seconds = (System.nanoTime() - start) * 1e-9;
    List<FrameReport> inOrder = frames.stream().map(reports::get).filter(Objects::nonNull).toList();
    int status =
        interrupted
            ? ExitStatus.INTERRUPTED
            : inOrder.stream().mapToInt(SequenceText::status).max().orElse(ExitStatus.DONE);
    return new SequenceText(
        frames, inOrder, task::facts, since(before, engines.uses()), seconds, status);
  }

  /** The work of engines that may have worked before. */
  private static List<EngineUse> since(List<EngineUse> before, List<EngineUse> all) {
    List<EngineUse> since = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      EngineUse use = all.get(i);
      since.add(i < before.size() ? since(before.get(i), use) : use);
    }
    return since;
  }

  private static EngineUse since(EngineUse before, EngineUse use) {
    return new EngineUse(
        use.engine(),
        use.reason(),
        use.samples() - before.samples(),
        use.chunks() - before.chunks(),
        use.busySeconds() - before.busySeconds(),
        use.faults().subList(before.faults().size(), use.faults().size()));
  }

  @Override
  public void frame(FrameReport report) {
    reports.put(report.frame(), report);
    bar.above(() -> {
      if (!common.quiet() && !common.json()) {
        say(SequenceText.line(report) + detail(report));
      }
      if (report.status() == FrameReport.Status.FAILED) {
        Console.say(program + ": " + SequenceText.failure(report));
      }
      if (common.debug() && report.failure() != null) {
        Console.trace(report.failure());
      }
    });
  }

  private String detail(FrameReport report) {
    String detail = task.detail(report.frame());
    return report.status() != FrameReport.Status.DONE || detail.isEmpty() ? "" : ", " + detail;
  }

  @Override
  public void percent(int percent) {
    bar.strips(percent, 100);
    if (!bar.shown() && !common.quiet() && !common.json()) {
      // The form that the plugins of the render farm Deadline look for.
      say("Progress: " + percent + "%");
    }
  }

  /** Prints a line that is seen at once, also through a pipe. */
  private static void say(String line) {
    Console.result(line);
    Console.flush();
  }
}
