package stops.cli.tween;

import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.UsageException;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.image.Domain;
import stops.image.ImageException;
import stops.tween.Curve;
import stops.tween.CurveFile;
import stops.tween.CurvePoint;
import stops.tween.Ease;
import stops.tween.Key;
import stops.tween.KeySyntax;

/**
 * What {@code stops tween} is asked for.
 *
 * @param curve the curve through the keys; null if there are none
 * @param drawn the file to write or draw the curve to, instead of pictures; null for none
 * @param from domain of the light; null to go by the files
 * @param type sample type of adjusted channels; null for that of the input
 * @param channels names or patterns of the channels to adjust; empty for light
 * @param exclude names or patterns of what is not adjusted
 * @param skipExisting whether frames are left out whose output exists
 */
public record TweenOptions(
    @Nullable Curve curve,
    @Nullable Path drawn,
    @Nullable Domain from,
    @Nullable SampleType type,
    List<String> channels,
    List<String> exclude,
    boolean skipExisting) {

  public static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "keys",
              "KEYS",
              "By how many stops which frames become brighter: 1001:-5,1050:0:hold,1100:+1/3, or a "
                  + "CSV file with the columns frame,stops and perhaps ease."),
          Syntax.value(
              "ease",
              "WAY",
              "The way from a key to the next one, of keys that name none: linear (default), smooth "
                  + "(no corners, no overshoot) or hold. Outside the keys the nearest one holds."),
          Syntax.value(
              "curve",
              "FILE",
              "Touch no picture: write what would be done to FILE.csv, which --keys reads, or draw "
                  + "it to FILE.svg. OUT may be left out."),
          Syntax.value(
              "frames",
              "RANGES",
              "These frames, such as 1001-1100 or 1-99x2. By default the files of IN that exist; "
                  + "if IN is one file, from the first key to the last."),
          Syntax.flag("skip-existing", "Leave out the frames whose output is there and complete."),
          Syntax.value(
              "from",
              "DOMAIN",
              "What the light of IN stands for: intensity or exposure. By default what the file "
                  + "says; files that say nothing hold intensities."),
          Syntax.value(
              "type", "TYPE", "Sample type of what is adjusted: f16, f32 or f64. Default: IN's."),
          Syntax.value(
              "channels",
              "NAME,...",
              "Adjust these channels instead of light: names, or patterns with * and ?."),
          Syntax.value(
              "exclude",
              "NAME,...",
              "Leave these channels, layers or parts as they are: names, or patterns."));

  /** The options of {@code --deflicker}. */
  public static final List<Option> OF_FLICKER = DeflickerOptions.OPTIONS;

  /** Reads the options, and the file of keys. */
  public static TweenOptions of(Arguments given) throws UsageException, ImageException {
    Path drawn = given.path("curve");
    if (drawn != null && !CurveFile.hasKnownEnding(drawn)) {
      throw new UsageException("--curve: '" + drawn + "' ends neither in .csv nor in .svg");
    }
    String from = given.value("from");
    String type = given.value("type");
    return new TweenOptions(
        curve(given),
        drawn,
        from == null ? null : ValueSyntax.domain("--from", from),
        type == null ? null : ValueSyntax.sampleType("--type", type),
        given.names("channels"),
        given.names("exclude"),
        given.has("skip-existing"));
  }

  private static @Nullable Curve curve(Arguments given) throws UsageException, ImageException {
    Ease ease;
    try {
      ease = Ease.of(given.value("ease", "linear"));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--ease: " + e.getMessage());
    }
    String keys = given.value("keys");
    if (keys == null && given.has("deflicker")) {
      return null;
    }
    if (keys == null) {
      throw new UsageException("--keys is missing: --keys 1001:-5,1050:0,1100:+5, or a CSV file");
    }
    try {
      List<Key> all =
          KeySyntax.isKeys(keys) ? KeySyntax.parse(keys, ease) : KeySyntax.read(file(given), ease);
      return Curve.of(all);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--keys: " + e.getMessage());
    }
  }

  private static Path file(Arguments given) throws UsageException {
    Path file = given.path("keys");
    if (file == null) {
      throw new IllegalStateException("no keys");
    }
    return file;
  }

  /** What is done to each of these frames. */
  public List<CurvePoint> points(List<Integer> numbers) {
    Curve set = curve;
    return numbers.stream()
        .map(number -> CurvePoint.of(number, set == null ? ExactStops.ZERO : set.at(number)))
        .toList();
  }

  /** The keys that are set; empty if there are none. */
  public List<Key> keys() {
    return curve == null ? List.of() : curve.keys();
  }
}
