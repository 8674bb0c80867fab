package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.FrameSyntax;
import stops.cli.syntax.NumberSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.image.Domain;
import stops.image.ImageFormat;
import stops.image.Window;
import stops.sequence.FramePattern;
import stops.stats.HistogramPicture;
import stops.stats.StatisticsRequest;

/**
 * What {@code stops stats} is asked for.
 *
 * @param inputs the files, in order
 * @param isSequence whether they are frames
 * @param from domain of the light; null to go by the file
 * @param channels names or patterns of channels; empty for all
 * @param exclude names or patterns of what to leave out
 * @param region the pixels to look at; null for all
 * @param percents percentages of percentiles
 * @param exact whether percentiles are exact for all types
 * @param raw the format of raw input; null to go by the content
 */
record StatsOptions(
    List<Input> inputs,
    boolean isSequence,
    @Nullable Domain from,
    List<String> channels,
    List<String> exclude,
    @Nullable Window region,
    List<Double> percents,
    boolean exact,
    @Nullable ImageFormat raw) {

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "frames",
              "RANGES",
              "A sequence: these frames, such as 1001-1100 or 1-99x2. IN then has %04d, #### or @ "
                  + "where the frame's number is. With --json there is a line for each frame."),
          Syntax.value(
              "channels",
              "NAME,...",
              "Only these channels, taken for light: names, or patterns with * and ?."),
          Syntax.value(
              "exclude",
              "NAME,...",
              "Leave out these channels, layers or parts: names, or patterns."),
          Syntax.value(
              "roi",
              "X,Y,W,H",
              "Only these pixels: the rectangle's first column and row, width and height, in the "
                  + "coordinates of the windows that stops info prints."),
          Syntax.value(
              "percentiles",
              "P,...",
              "Percentages from 0 to 100. Default: 0.1,1,5,25,50,75,95,99,99.9."),
          Syntax.flag(
              "exact",
              "Percentiles are exact for float32 and float64 too, as they are for float16: reads IN "
                  + "twice, or more with float64 or little memory."),
          Syntax.value(
              "histogram",
              "FILE",
              "Draw the histogram in stops to FILE.svg or FILE.png; with --frames, FILE has a "
                  + "place for the frame's number."),
          Syntax.value(
              "from",
              "DOMAIN",
              "What the light of IN stands for: intensity or exposure. By default what the file "
                  + "says; files that say nothing hold intensities."),
          Syntax.value(
              "raw",
              "TYPE",
              "The input is raw samples: f16, f32 or f64, and little (default) or big: f32,big."));

  /**
   * A file to read.
   *
   * @param frame number of the frame; absent for a file without one
   * @param histogram the picture to draw; null for none
   */
  record Input(OptionalInt frame, Path file, @Nullable Path histogram) {
    /** How messages begin that do not name the file anyway. */
    String prefix() {
      return frame.isPresent() ? "frame " + frame.getAsInt() + ": " : "";
    }
  }

  static StatsOptions of(Arguments given) throws UsageException {
    String from = given.value("from");
    String raw = given.value("raw");
    String region = given.value("roi");
    return new StatsOptions(
        inputs(given),
        given.has("frames"),
        from == null ? null : ValueSyntax.domain("--from", from),
        given.names("channels"),
        given.names("exclude"),
        region == null ? null : ValueSyntax.window("--roi", region),
        percents(given),
        given.has("exact"),
        raw == null ? null : ValueSyntax.raw("--raw", raw));
  }

  StatisticsRequest request(Path file) {
    return new StatisticsRequest(file, from, channels, exclude, region, percents, exact);
  }

  private static List<Double> percents(Arguments given) throws UsageException {
    List<String> texts = given.names("percentiles");
    if (texts.isEmpty()) {
      return StatisticsRequest.USUAL_PERCENTS;
    }
    List<Double> percents = new ArrayList<>();
    for (String text : texts) {
      double percent;
      try {
        percent = NumberSyntax.parse(text);
      } catch (NumberFormatException e) {
        throw new UsageException("--percentiles: " + NumberSyntax.notANumber(text));
      }
      if (!(percent >= 0 && percent <= 100)) {
        throw new UsageException("--percentiles: " + text + " is not from 0 to 100");
      }
      percents.add(percent);
    }
    return percents;
  }

  private static List<Input> inputs(Arguments given) throws UsageException {
    List<Path> files = given.files(1, Integer.MAX_VALUE, "IN");
    Path histogram = given.path("histogram");
    if (histogram != null && !HistogramPicture.hasKnownEnding(histogram)) {
      throw new UsageException("--histogram: '" + histogram + "' ends neither in .svg nor in .png");
    }
    String ranges = given.value("frames");
    if (ranges != null) {
      return frames(ranges, files, histogram);
    }
    if (files.size() > 1) {
      if (histogram != null) {
        throw new UsageException("--histogram takes one IN, or a sequence with --frames");
      }
      if (files.stream().anyMatch(StandardFiles::isStandard)) {
        throw new UsageException("- stands for one file by itself, not for one of several");
      }
    }
    FrameSyntax.checkSingle(files);
    return files.stream().map(file -> new Input(OptionalInt.empty(), file, histogram)).toList();
  }

  private static List<Input> frames(String ranges, List<Path> files, @Nullable Path histogram)
      throws UsageException {
    if (files.size() > 1) {
      throw new UsageException("--frames takes one IN, not " + files.size());
    }
    List<Integer> numbers = FrameSyntax.numbers(ranges);
    FramePattern from = FrameSyntax.pattern("IN", files.getFirst());
    FramePattern picture = histogram == null ? null : FrameSyntax.pattern("--histogram", histogram);
    return numbers.stream()
        .map(number ->
            new Input(
                OptionalInt.of(number),
                from.file(number),
                picture == null ? null : picture.file(number)))
        .toList();
  }
}
