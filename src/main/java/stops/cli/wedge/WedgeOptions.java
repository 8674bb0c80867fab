package stops.cli.wedge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.FrameSyntax;
import stops.cli.syntax.NumberSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.display.DisplayTransform;
import stops.display.FalseColour;
import stops.display.Palette;
import stops.engine.ExactStops;
import stops.image.Domain;
import stops.image.Window;
import stops.sequence.FramePattern;
import stops.wedge.Wedge;

/**
 * What {@code stops wedge} is asked for.
 *
 * @param inputs the files, in order
 * @param kind what is written
 * @param exposures the exposures of a sheet, in stops
 * @param isSheet whether there may be several pictures; else one is shown as it is
 * @param colours the bands of false colour, also where none is shown
 * @param falseColour whether false colour is shown
 * @param contours intensities at which lines are drawn
 * @param display the display transform
 * @param size length of the longer side of a picture, about, in pixels
 * @param columns pictures side by side; 0 for the usual number
 * @param layer name of the layer; null for the first
 * @param from domain of the light; null to go by the file
 * @param region the pixels to show; null for all
 */
record WedgeOptions(
    List<Input> inputs,
    Wedge.Kind kind,
    List<ExactStops> exposures,
    boolean isSheet,
    FalseColour colours,
    boolean falseColour,
    double[] contours,
    DisplayTransform display,
    int size,
    int columns,
    @Nullable String layer,
    @Nullable Domain from,
    @Nullable Window region) {
  private static final int MOST_PICTURES = 1000;
  private static final int MOST_SIZE = 1 << 20;
  private static final int SIZE_IN_SHEET = 320;
  private static final int SIZE_ALONE = 1600;

  /** Contours of whole stops end so many stops below and above middle grey. */
  private static final int MOST_CONTOUR = 32;

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "range",
              "A..B",
              "The first and the last exposure of the sheet, in stops. Default: -5..+5, or 0 for "
                  + "false colour and contours."),
          Syntax.value("step", "S", "Stops from one picture to the next, such as 1/3. Default: 1."),
          Syntax.flag(
              "false-colour",
              "Show luminance as bands of colour, in stops from middle grey, with a legend."),
          Syntax.flag("contours", "Draw lines at whole stops from middle grey, or at --bounds."),
          Syntax.value(
              "bounds",
              "S,...",
              "Limits of the bands, in stops from middle grey. Default: bands of one stop from -6 "
                  + "to +6."),
          Syntax.value("grey", "X", "Intensity of middle grey. Default: 0.18."),
          Syntax.value(
              "palette",
              "NAME",
              "Colours of the bands: stops (default) and grey, which everyone can tell apart, or "
                  + "classic: blue, green, yellow, red."),
          Syntax.value(
              "display",
              "NAME",
              "How pixels show light: srgb (default) or linear. EXR files hold the light itself."),
          Syntax.value(
              "size",
              "PIXELS",
              "How long the longer side of a picture is, about: it is scaled down in linear light, "
                  + "each pixel the mean of a square. Default: 320 in a sheet, 1600 for one picture."),
          Syntax.value("columns", "N", "Pictures side by side."),
          Syntax.value("layer", "NAME", "The layer to show. Default: the first that is light."),
          Syntax.value(
              "roi",
              "X,Y,W,H",
              "Only these pixels: the rectangle's first column and row, width and height."),
          Syntax.value(
              "frames",
              "RANGES",
              "A sequence: these frames, such as 1001-1100. IN and OUT then have %04d, #### or @ "
                  + "where the frame's number is."),
          Syntax.value(
              "from",
              "DOMAIN",
              "What the light of IN stands for: intensity or exposure. By default what the file "
                  + "says; files that say nothing hold intensities."));

  /**
   * A file to show.
   *
   * @param frame number of the frame; absent for a file without one
   */
  record Input(OptionalInt frame, Path file, Path output) {}

  static WedgeOptions of(Arguments given) throws UsageException {
    List<Path> files = given.files(2, 2, "IN", "OUT");
    boolean falseColour = given.has("false-colour");
    boolean contours = given.has("contours");
    boolean isSheet = given.has("range") || given.has("step") || !(falseColour || contours);
    FalseColour colours = colours(given);
    String from = given.value("from");
    String region = given.value("roi");
    String size = given.value("size");
    String columns = given.value("columns");
    if (given.has("palette") && !falseColour) {
      throw new UsageException("--palette is for --false-colour");
    }
    return new WedgeOptions(
        inputs(given, files),
        kind(files.getLast()),
        isSheet ? exposures(given) : List.of(ExactStops.ZERO),
        isSheet,
        colours,
        falseColour,
        contours ? contours(given, colours) : new double[0],
        display(given.value("display", "srgb")),
        size == null
            ? isSheet ? SIZE_IN_SHEET : SIZE_ALONE
            : ValueSyntax.count("--size", size, MOST_SIZE),
        columns == null ? 0 : ValueSyntax.count("--columns", columns, MOST_PICTURES),
        given.value("layer"),
        from == null ? null : ValueSyntax.domain("--from", from),
        region == null ? null : ValueSyntax.window("--roi", region));
  }

  private static Wedge.Kind kind(Path output) throws UsageException {
    String name = output.toString().toLowerCase(Locale.ROOT);
    for (Wedge.Kind kind : Wedge.Kind.values()) {
      if (name.endsWith(kind.ending())) {
        return kind;
      }
    }
    throw new UsageException("OUT: '" + output + "' ends neither in .png nor in .exr nor in .html");
  }

  private static List<Input> inputs(Arguments given, List<Path> files) throws UsageException {
    String ranges = given.value("frames");
    Path in = files.getFirst();
    Path out = files.getLast();
    if (ranges == null) {
      FrameSyntax.checkSingle(files);
      return List.of(new Input(OptionalInt.empty(), in, out));
    }
    if (StandardFiles.isStandard(in)) {
      throw new UsageException("--frames takes files, and - is none");
    }
    FramePattern from = FrameSyntax.pattern("IN", in);
    FramePattern to = FrameSyntax.pattern("OUT", out);
    return FrameSyntax.numbers(ranges).stream()
        .map(number -> new Input(OptionalInt.of(number), from.file(number), to.file(number)))
        .toList();
  }

  private static List<ExactStops> exposures(Arguments given) throws UsageException {
    String range = given.value("range", "-5..+5");
    int dots = range.indexOf("..");
    ExactStops first = stops("--range", dots < 0 ? range : range.substring(0, dots));
    ExactStops last = dots < 0 ? first : stops("--range", range.substring(dots + 2));
    ExactStops step = stops("--step", given.value("step", "1"));
    if (step.signum() <= 0) {
      throw new UsageException("--step must be above zero, not " + step);
    }
    List<ExactStops> exposures = new ArrayList<>();
    for (ExactStops stops = first;
        stops.plus(last.negate()).signum() <= 0;
        stops = stops.plus(step)) {
      if (exposures.size() == MOST_PICTURES) {
        throw new UsageException(
            "--step: more than "
                + MOST_PICTURES
                + " pictures; make the range less or the step more");
      }
      exposures.add(stops);
    }
    if (exposures.isEmpty()) {
      throw new UsageException("--range: " + last + " is below " + first + "; write A..B");
    }
    return exposures;
  }

  /** A number of stops that a picture can be exposed by. */
  private static ExactStops stops(String option, String text) throws UsageException {
    try {
      ExactStops stops = ExactStops.parse(text);
      if (!(Math.abs(stops.high()) <= MOST_PICTURES)) {
        throw new UsageException(option + ": " + text + " is beyond every picture");
      }
      return stops;
    } catch (NumberFormatException | ArithmeticException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private static FalseColour colours(Arguments given) throws UsageException {
    FalseColour usual = FalseColour.usual();
    List<ExactStops> bounds = new ArrayList<>();
    for (String bound : given.names("bounds")) {
      bounds.add(stops("--bounds", bound));
    }
    double grey = given.number("grey", FalseColour.MIDDLE_GREY);
    if (!(grey > 0)) {
      throw new UsageException(
          "--grey must be above zero, not " + NumberSyntax.notANumber(grey + ""));
    }
    try {
      return new FalseColour(
          grey,
          bounds.isEmpty() ? usual.bounds() : bounds,
          palette(given.value("palette", "stops")));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--bounds: " + e.getMessage());
    }
  }

  private static Palette palette(String name) throws UsageException {
    for (Palette palette : Palette.values()) {
      if (palette.label().equalsIgnoreCase(name)) {
        return palette;
      }
    }
    throw new UsageException(
        "--palette: '"
            + name
            + "' is not one of "
            + Arrays.stream(Palette.values())
                .map(Palette::label)
                .collect(Collectors.joining(", ")));
  }

  private static DisplayTransform display(String name) throws UsageException {
    for (DisplayTransform transform : DisplayTransform.values()) {
      if (transform.label().equalsIgnoreCase(name)) {
        return transform;
      }
    }
    throw new UsageException("--display: '" + name + "' is neither srgb nor linear");
  }

  private static double[] contours(Arguments given, FalseColour colours) {
    return given.has("bounds")
        ? colours.limits()
        : IntStream.rangeClosed(-MOST_CONTOUR, MOST_CONTOUR)
            .mapToDouble(stop -> colours.grey() * StrictMath.pow(2, stop))
            .toArray();
  }

  /** The words below the title. */
  String subtitle(boolean isLight) {
    List<String> parts = new ArrayList<>();
    if (isSheet) {
      parts.add(
          exposures.size() == 1
              ? exposures.getFirst() + " stops"
              : exposures.getFirst() + " to " + exposures.getLast() + " stops");
    }
    if (falseColour) {
      parts.add("false colour: stops from " + number(colours.grey()));
    }
    if (contours.length > 0) {
      parts.add("contours in stops from " + number(colours.grey()));
    }
    parts.add(isLight ? "linear light" : display.label());
    return String.join(", ", parts);
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
