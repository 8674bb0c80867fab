package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stops.convert.FileConverter;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.EnginePool;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.sequence.Frame;
import stops.sequence.FrameWork;
import stops.sequence.SequenceConverter;
import stops.strip.StripWorkers;

/** {@code stops convert}: a file from intensity to exposure, or back. */
@Command(
    description = {
      "Converts the light of an HDR file to exposure in stops, or to intensity.",
      "Formats: OpenEXR, Radiance .hdr, PFM, NPY, TIFF, raw samples; told by content. The output has "
          + "the format of its name's ending. Input and output may be the same file.",
      "Light is R, G, B and Y; alpha, depth, ids and the like are copied bit for bit."
    })
final class ConvertCommand implements CommonCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SequenceOptions sequence = new SequenceOptions();
  @Mixin DeviceOptions device = new DeviceOptions();
  @Mixin WorkOptions work = new WorkOptions();

  @Parameters(index = "0", paramLabel = "IN", description = "The file to read.")
  Path input = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  Path output = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DOMAIN",
      description = "What the light is to stand for: exposure or intensity.")
  Domain to = Domain.EXPOSURE;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = SampleTypeConverter.class,
      description =
          "Sample type of what is converted: f16, f32 or f64. By default the channel's own, but "
              + "float32 for the exposure of float16; to intensity, what the exposure file remembers.")
  @Nullable SampleType type;

  @Option(
      names = "--gain",
      paramLabel = "STOPS",
      description = "Multiply the light by 2^STOPS in the same pass.")
  double gainStops;

  @Option(
      names = "--zero",
      paramLabel = "POLICY",
      description =
          "What stands for the exposure of zero: inf (-infinity, the default), nan, floor (-1073), or "
              + "fail (no output, exit status 1).")
  ZeroPolicy zero = ZeroPolicy.INF;

  @Option(
      names = "--channels",
      split = ",",
      paramLabel = "NAME",
      description = "Convert these channels instead: names, or patterns with * and ?.")
  List<String> channels = new ArrayList<>();

  @Option(
      names = "--raw",
      paramLabel = "TYPE",
      description =
          "The input is raw samples: f16, f32 or f64, and little (default) or big: f32,big.")
  @Nullable String raw;

  @Option(names = "--force", description = "Convert exposures to exposure all the same.")
  boolean force;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws Exception {
    if (!(Math.abs(gainStops) <= Conversion.MAX_GAIN_STOPS)) {
      throw new UsageException("--gain must be from -2100 to 2100 stops, not " + gainStops);
    }
    List<Frame> frames = sequence.given() ? sequence.frames(input, output) : List.of();
    if (frames.isEmpty()) {
      sequence.checkSingle(input, output);
    }
    ImageFormat given = raw == null ? null : RawOption.parse(raw);
    try (EnginePool engines = device.open();
        StripWorkers workers =
            StripWorkers.converting(engines, work.threads(), work.memoryBytes());
        ProgressBar progress = ProgressBar.of(common.quiet || common.json)) {
      FileConverter converter = new FileConverter(engines, workers);
      if (!frames.isEmpty()) {
        FrameWork one =
            (frame, listener) ->
                convert(converter, frame.input(), frame.output(), given, frames.size(), listener);
        return new SequenceRun(frames, common, progress)
            .run(new SequenceConverter(one, work.threads(), sequence.skipExisting), engines);
      }
      FileReport report = convert(converter, input, output, given, 1, progress::strips);
      progress.close();
      print(report);
      return report.written() ? ExitStatus.DONE : ExitStatus.DATA;
    }
  }

  private FileReport convert(
      FileConverter converter,
      Path from,
      Path into,
      @Nullable ImageFormat given,
      int alike,
      FileConverter.Progress progress)
      throws ImageException, EngineFailure, InterruptedException {
    ImageFormat inputFormat = given == null ? Formats.of(from) : given;
    FileRequest request =
        new FileRequest(from, into, to, type, gainStops, zero, channels, force, alike);
    return converter.convert(request, inputFormat, Formats.forTarget(into, inputFormat), progress);
  }

  private void print(FileReport report) {
    if (common.json) {
      Json.print(ConvertText.json(report));
    } else if (!common.quiet) {
      System.out.print(ConvertText.summary(report));
    }
    if (!common.quiet) {
      ConvertText.warnings(report).forEach(line -> System.err.println("stops convert: " + line));
    }
    if (!report.written()) {
      System.err.println("stops convert: " + ConvertText.undefined(report));
    }
  }
}
