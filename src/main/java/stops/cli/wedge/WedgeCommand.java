package stops.cli.wedge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.device.DeviceChoice;
import stops.display.FalseColour;
import stops.display.Layer;
import stops.display.Layers;
import stops.display.LuminanceWeights;
import stops.display.ScaledPicture;
import stops.engine.pool.EnginePool;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Part;
import stops.image.Window;
import stops.strip.StripWorkers;
import stops.wedge.Captions;
import stops.wedge.Look;
import stops.wedge.Wedge;

/** {@code stops wedge}: contact sheets of exposures, false colour and contours. */
public final class WedgeCommand implements Command {
  private final String version;

  /**
   * The command.
   *
   * @param version name and version of the program, for files
   */
  public WedgeCommand(String version) {
    this.version = version;
  }

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(WedgeOptions.OPTIONS);
    options.add(WorkOptions.DEVICE);
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "wedge",
        "IN OUT",
        List.of(
            "Shows an HDR picture at several exposures, side by side and labelled, as OUT.png, "
                + "OUT.exr or OUT.html; or one picture in false colour or with contours. Files say "
                + "how they show light, of which file, and by which command.",
            "Example: stops wedge src/main/examples/desk.exr target/wedge.png --range -2..+2 --step 1/2"),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    WedgeOptions options = WedgeOptions.of(given);
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    DeviceChoice devices = ValueSyntax.devices("--device", given.value("device", "auto"));
    MemoryBound reading = new MemoryBound(Math.max(1, work.memory().bytes() / 2));
    int status = ExitStatus.DONE;
    try (EnginePool engines = devices.open();
        StripWorkers workers = StripWorkers.converting(engines, work.threads(), reading);
        ProgressBar bar = ProgressBar.of(common.quiet() || common.json())) {
      Run run = new Run(options, common, engines, workers, bar, given.words());
      for (WedgeOptions.Input input : options.inputs()) {
        if (input.frame().isPresent()) {
          status = Math.max(status, oneOfSeveral(run, input));
        } else {
          run.file(input, version);
        }
      }
    }
    return status;
  }

  /** Does one frame and returns its exit status; a failure does not stop the others. */
  private int oneOfSeveral(Run run, WedgeOptions.Input input) throws InterruptedException {
    try {
      run.file(input, version);
      return ExitStatus.DONE;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      return Failures.reportOne(
          run.bar,
          "stops wedge: frame " + input.frame().getAsInt() + ": ",
          run.common.json() ? WedgeText.head(input) : null,
          run.common.debug(),
          e);
    }
  }

  /** The work on all files. */
  private record Run(
      WedgeOptions options,
      CommonOptions common,
      EnginePool engines,
      StripWorkers workers,
      ProgressBar bar,
      String words) {

    void file(WedgeOptions.Input input, String version) throws Exception {
      checkOutput(input);
      try (StandardFiles standard = new StandardFiles()) {
        Path file = standard.input(input.file());
        try (ImageSource source = Formats.of(file).open(file, workers.memory())) {
          String name = standard.told(input.file().equals(file) ? file + "" : "standard input");
          Layer layer = layer(file, source.info());
          Part part = source.info().parts().get(layer.part());
          Window region = region(file, part);
          int factor = factor(region);
          ScaledPicture picture =
              ScaledPicture.read(
                  file, source, layer, region, factor, workers, engines, bar::strips);
          Wedge.Written written = write(input, name, layer, part, picture, version);
          WedgeText text = new WedgeText(options, input, name, layer, factor, picture, written);
          bar.above(() -> print(text, source.notes()));
        } catch (ImageException e) {
          throw standard.told(e);
        }
      }
    }

    /** A sheet in the place of its picture would be a loss, whatever links lead there. */
    private static void checkOutput(WedgeOptions.Input input) throws IOException, UsageException {
      boolean both = Files.exists(input.file()) && Files.exists(input.output());
      if (both && Files.isSameFile(input.file(), input.output())) {
        throw new UsageException("OUT is IN, which is lost if a sheet takes its place");
      }
    }

    private Wedge.Written write(
        WedgeOptions.Input input,
        String name,
        Layer layer,
        Part part,
        ScaledPicture picture,
        String version)
        throws ImageException {
      boolean isLight = options.kind() == Wedge.Kind.EXR;
      FalseColour colours = options.falseColour() ? options.colours() : null;
      double[] weights =
          layer.channels().size() < 3 ? new double[] {1, 0, 0} : LuminanceWeights.of(part);
      Look look = new Look(options.display(), colours, options.contours(), weights);
      int count = options.exposures().size();
      int columns =
          options.columns() == 0
              ? Wedge.usualColumns(count, picture.width(), picture.height())
              : Math.min(count, options.columns());
      boolean isUsual = layer.name().equals("RGB") || layer.name().equals("Y");
      Captions captions =
          new Captions(
              isUsual ? name : name + " " + layer.name(),
              options.subtitle(isLight),
              name,
              "stops wedge " + words,
              version,
              isLight ? "none, linear light" : options.display().label(),
              options.isSheet());
      return Wedge.write(
          input.output(), options.kind(), picture, options.exposures(), columns, look, captions);
    }

    private Layer layer(Path file, ImageInfo info) throws ImageException, UsageException {
      List<Layer> layers = Layers.of(info, options.from());
      if (layers.isEmpty()) {
        throw ImageException.input(file, "has no channels to show");
      }
      String wanted = options.layer();
      if (wanted == null) {
        return layers.getFirst();
      }
      return layers.stream()
          .filter(layer -> layer.name().equals(wanted))
          .findFirst()
          .orElseThrow(() ->
              new UsageException(
                  "--layer: there is no '"
                      + wanted
                      + "' in "
                      + file
                      + "; it has "
                      + String.join(", ", layers.stream().map(Layer::name).limit(16).toList())));
    }

    private Window region(Path file, Part part) throws ImageException {
      Window wanted = options.region();
      if (wanted == null) {
        return part.dataWindow();
      }
      return part.dataWindow()
          .intersection(wanted)
          .orElseThrow(() ->
              ImageException.input(
                  file, "has no pixel in --roi; its data window is " + part.dataWindow()));
    }

    /** How many pixels become one in each direction. */
    private int factor(Window region) throws UsageException {
      long longest = Math.max(region.width(), region.height());
      int factor = (int) Math.max(1, Math.round(longest / (double) options.size()));
      long width = ScaledPicture.size(region.width(), factor);
      long height = ScaledPicture.size(region.height(), factor);
      long bytes = width * height * ScaledPicture.PIXEL_BYTES;
      if (bytes > workers.memory().bytes() / 2) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "--size: a picture of %d x %d pixels takes %d MiB, more than a quarter of --memory;"
                    + " make it smaller, or --memory larger",
                width,
                height,
                bytes >> 20));
      }
      return factor;
    }

    private void print(WedgeText text, List<String> notes) {
      if (common.json()) {
        if (text.input().frame().isPresent()) {
          Console.jsonLine(text.json());
        } else {
          Console.json(text.json());
        }
      } else if (!common.quiet()) {
        Console.result(text.line());
        Console.flush();
      }
      if (!common.quiet()) {
        notes.forEach(note -> Console.say("stops wedge: " + text.name() + ": note: " + note));
      }
    }
  }
}
