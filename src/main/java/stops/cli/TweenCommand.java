package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.tween.DeflickerOptions;
import stops.cli.tween.FrameMeter;
import stops.cli.tween.TweenFiles;
import stops.cli.tween.TweenOptions;
import stops.cli.tween.TweenText;
import stops.convert.AdjustRequest;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.engine.EngineFailure;
import stops.image.ImageException;
import stops.sequence.Frame;
import stops.tween.CurveFile;
import stops.tween.CurvePoint;

/** {@code stops tween}: brightness that changes evenly in stops over a sequence. */
final class TweenCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(TweenOptions.OPTIONS);
    options.addAll(TweenOptions.OF_FLICKER);
    options.addAll(FormatOptions.OPTIONS);
    options.add(WorkOptions.DEVICE);
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "tween",
        "IN OUT --keys KEYS | --deflicker",
        List.of(
            "Makes the frames of a sequence brighter or darker by stops that change evenly from key "
                + "to key, or that take its flicker out, each exactly as stops adjust --stops does. IN is a sequence such as "
                + "in.####.exr, or one picture that becomes one.",
            "Example: stops tween src/main/examples/desk.exr target/fade.####.exr "
                + "--keys 1001:-2,1005:0"),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    TweenOptions options = TweenOptions.of(given);
    CommonOptions common = CommonOptions.of(given);
    TweenFiles files = TweenFiles.of(given, options.curve(), options.drawn() != null);
    if (!common.quiet() && !given.has("frames")) {
      files.gaps().ifPresent(gaps -> Console.say("stops tween: note: there are no frames " + gaps));
    }
    DeflickerOptions deflicker = DeflickerOptions.of(given);
    FormatOptions formats = FormatOptions.of(given);
    List<CurvePoint> points =
        deflicker == null
            ? options.points(files.numbers())
            : new FrameMeter(deflicker, options, files, common.quiet())
                .points(formats::input, WorkOptions.of(given));
    Path drawn = options.drawn();
    if (drawn != null) {
      return draw(drawn, options, common, points);
    }
    Task task =
        new Task(
            options,
            points.stream().collect(Collectors.toMap(CurvePoint::frame, Function.identity())),
            formats);
    ConvertPlaces places =
        new ConvertPlaces(false, files.frames(options.skipExisting()), options.skipExisting());
    return new FileRun("stops tween", given, places).run(task);
  }

  /** Writes or draws what would be done. */
  private static int draw(
      Path drawn, TweenOptions options, CommonOptions common, List<CurvePoint> points)
      throws ImageException {
    List<CurvePoint> rising =
        points.stream().sorted((a, b) -> Integer.compare(a.frame(), b.frame())).toList();
    CurveFile.write(drawn, "stops tween", rising, options.keys());
    if (common.json()) {
      Console.json(TweenText.json(drawn, rising));
    } else if (!common.quiet()) {
      Console.result(TweenText.line(drawn, rising));
    }
    return ExitStatus.DONE;
  }

  /** The adjustment of each frame by the stops of its own. */
  private record Task(TweenOptions options, Map<Integer, CurvePoint> points, FormatOptions formats)
      implements FileTask {

    private CurvePoint point(Frame frame) {
      CurvePoint point = points.get(frame.number().orElseThrow());
      if (point == null) {
        throw new IllegalArgumentException(frame.name() + " is not on the curve");
      }
      return point;
    }

    @Override
    public Map<String, Object> facts(Frame frame) {
      return TweenText.facts(point(frame));
    }

    @Override
    public String detail(Frame frame) {
      return point(frame).stops() + " stops";
    }

    @Override
    public AdjustRequest request(Frame frame, int alike) {
      return new AdjustRequest(
          frame.input(),
          frame.output(),
          options.from(),
          List.of(new AdjustRequest.Amount("", point(frame).stops())),
          false,
          options.type(),
          options.channels(),
          options.exclude(),
          false,
          alike);
    }

    @Override
    public FileReport run(FileConverter converter, Frame frame, int alike, FileProgress progress)
        throws ImageException, EngineFailure, InterruptedException {
      return formats.adjust(converter, request(frame, alike), progress);
    }
  }
}
