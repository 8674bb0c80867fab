package stops.cli;

import java.nio.file.Path;
import java.util.List;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Json;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.convert.FileConverter;
import stops.convert.FileReport;
import stops.convert.FinishedOutput;
import stops.device.DeviceChoice;
import stops.engine.pool.EnginePool;
import stops.image.ImageException;
import stops.sequence.Frame;
import stops.sequence.SequenceConverter;
import stops.strip.StripWorkers;

/**
 * A command that writes a file for each file that it reads: one, the frames of a sequence, or
 * several.
 */
final class FileRun {
  private final String program;
  private final ConvertPlaces places;
  private final CommonOptions common;
  private final WorkOptions work;
  private final DeviceChoice devices;

  /**
   * A run.
   *
   * @param program the command's name for messages, such as {@code stops convert}
   */
  FileRun(String program, Arguments given) throws UsageException, ImageException {
    this(program, given, ConvertPlaces.of(given));
  }

  /** A run on these files. */
  FileRun(String program, Arguments given, ConvertPlaces places) throws UsageException {
    this.program = program;
    this.places = places;
    common = CommonOptions.of(given);
    work = WorkOptions.of(given);
    devices = ValueSyntax.devices("--device", given.value("device", "auto"));
  }

  /** Does {@code task} to all files, and returns the exit status. */
  int run(FileTask task) throws Exception {
    for (Frame frame : places.frames()) {
      task.formats().checkEnding(frame.input(), frame.output());
    }
    try (EnginePool engines = devices.open();
        StripWorkers workers = StripWorkers.converting(engines, work.threads(), work.memory());
        ProgressBar progress = ProgressBar.of(common.quiet() || common.json())) {
      FileConverter converter = new FileConverter(engines, workers);
      if (places.isSingle()) {
        return single(task, converter, progress);
      }
      return new SequenceRun(program, places.frames(), task, common, progress)
          .run(
              sequence(places, task, places.frames().size(), converter, work.threads(), workers),
              engines);
    }
  }

  /**
   * What does {@code task} to several files.
   *
   * @param alike the number of similar files in the same run
   */
  static SequenceConverter sequence(
      ConvertPlaces places,
      FileTask task,
      int alike,
      FileConverter converter,
      int threads,
      StripWorkers workers) {
    FinishedOutput finished = new FinishedOutput(workers);
    return new SequenceConverter(
        (frame, listener) -> task.run(converter, frame, alike, listener),
        threads,
        places.skipExisting()
            ? frame -> task.formats().isThere(finished, task.request(frame, 1))
            : SequenceConverter.DoneFrames.NONE);
  }

  private int single(FileTask task, FileConverter converter, ProgressBar progress)
      throws Exception {
    try (StandardFiles standard = new StandardFiles()) {
      Path output = standard.output(places.output());
      Path input = standard.input(places.input());
      FileReport report;
      try {
        report = task.run(converter, Frame.file(input, output), 1, progress::strips);
        progress.close();
        if (report.written()) {
          standard.deliver();
        }
      } catch (ImageException e) {
        throw standard.told(e);
      }
      boolean outputTaken = StandardFiles.isStandard(places.output());
      print(report, standard, outputTaken);
      return report.written() ? ExitStatus.DONE : ExitStatus.DATA;
    }
  }

  private void print(FileReport report, StandardFiles standard, boolean outputTaken) {
    List<String> lines =
        common.json()
            ? Json.text(ConvertText.json(report)).lines().toList()
            : common.quiet() || (report.adjusts() && !report.written())
                ? List.of()
                : ConvertText.summary(report);
    for (String line : lines) {
      if (outputTaken) {
        Console.say(standard.told(line));
      } else {
        Console.result(standard.told(line));
      }
    }
    if (!common.quiet()) {
      ConvertText.warnings(report)
          .forEach(line -> Console.say(program + ": " + standard.told(line)));
    }
    if (!report.written()) {
      Console.say(program + ": " + standard.told(ConvertText.notWritten(report)));
    }
  }
}
