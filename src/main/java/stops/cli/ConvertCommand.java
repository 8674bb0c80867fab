package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Json;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.StandardFiles;
import stops.convert.FileConverter;
import stops.convert.FileReport;
import stops.convert.FinishedOutput;
import stops.engine.pool.EnginePool;
import stops.image.ImageException;
import stops.sequence.Frame;
import stops.sequence.FrameWork;
import stops.sequence.SequenceConverter;
import stops.strip.StripWorkers;

/** {@code stops convert}: converts files from intensity to exposure, or back. */
final class ConvertCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Syntax.value(
            "to", "DOMAIN", "What the light is to stand for: exposure or intensity. Required."));
    options.addAll(FileOptions.OPTIONS);
    options.addAll(ConvertPlaces.OPTIONS);
    options.add(
        Syntax.value(
            "device",
            "WHICH",
            "auto (the default: the CPU, or a GPU that is expected to be faster), cpu, all, opencl "
                + "(any OpenCL device), P:D, or a part of a device's name."));
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "convert",
        "IN... OUT --to DOMAIN",
        List.of(
            "Converts the light of HDR files to exposure in stops, or to intensity.",
            "Formats: OpenEXR, Radiance .hdr, PFM, NPY, TIFF, raw samples; told by content. The "
                + "output has the format of its name's ending, or --format. IN and OUT may be the "
                + "same file; OUT may be a folder, and then there may be several IN; - is standard "
                + "input or output.",
            "Light is R, G, B and Y; alpha, depth, normals, ids and the like are copied bit for "
                + "bit."),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    FileOptions file = FileOptions.of(given);
    ConvertPlaces places = ConvertPlaces.of(given);
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    for (Frame frame : places.frames()) {
      file.checkEnding(frame.input(), frame.output());
    }
    try (EnginePool engines =
            ValueSyntax.devices("--device", given.value("device", "auto")).open();
        StripWorkers workers = StripWorkers.converting(engines, work.threads(), work.memory());
        ProgressBar progress = ProgressBar.of(common.quiet() || common.json())) {
      FileConverter converter = new FileConverter(engines, workers);
      if (places.isSingle()) {
        return single(places, file, common, converter, progress);
      }
      int alike = places.frames().size();
      FrameWork one =
          (frame, listener) ->
              file.convert(converter, frame.input(), frame.output(), alike, listener);
      FinishedOutput finished = new FinishedOutput(workers);
      return new SequenceRun(places.frames(), common, progress)
          .run(
              new SequenceConverter(
                  one,
                  work.threads(),
                  places.skipExisting()
                      ? frame -> file.isThere(finished, frame.input(), frame.output())
                      : SequenceConverter.DoneFrames.NONE),
              engines);
    }
  }

  private static int single(
      ConvertPlaces places,
      FileOptions file,
      CommonOptions common,
      FileConverter converter,
      ProgressBar progress)
      throws Exception {
    try (StandardFiles standard = new StandardFiles()) {
      Path output = standard.output(places.output());
      Path input = standard.input(places.input());
      FileReport report;
      try {
        report = file.convert(converter, input, output, 1, progress::strips);
        progress.close();
        if (report.written()) {
          standard.deliver();
        }
      } catch (ImageException e) {
        throw standard.told(e);
      }
      boolean outputTaken = StandardFiles.isStandard(places.output());
      print(report, common, standard, outputTaken);
      return report.written() ? ExitStatus.DONE : ExitStatus.DATA;
    }
  }

  private static void print(
      FileReport report, CommonOptions common, StandardFiles standard, boolean outputTaken) {
    List<String> lines =
        common.json()
            ? Json.text(ConvertText.json(report)).lines().toList()
            : common.quiet() ? List.of() : ConvertText.summary(report);
    for (String line : lines) {
      if (outputTaken) {
        Console.say(standard.told(line));
      } else {
        Console.result(standard.told(line));
      }
    }
    if (!common.quiet()) {
      ConvertText.warnings(report)
          .forEach(line -> Console.say("stops convert: " + standard.told(line)));
    }
    if (!report.written()) {
      Console.say("stops convert: " + standard.told(ConvertText.undefined(report)));
    }
  }
}
