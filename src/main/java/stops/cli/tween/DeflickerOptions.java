package stops.cli.tween;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.UsageException;
import stops.image.Window;
import stops.tween.Meter;
import stops.tween.RegionTrack;

/**
 * How {@code stops tween --deflicker} measures and smooths.
 *
 * @param window number of frames that the smooth curve looks at
 * @param meter how a frame's exposure is measured
 * @param track the region that is measured; null for all of each frame
 * @param measured the table of exposures; null for none
 * @param again whether frames are measured although the table exists
 */
public record DeflickerOptions(
    int window, Meter meter, @Nullable RegionTrack track, @Nullable Path measured, boolean again) {
  private static final int USUAL_WINDOW = 25;
  private static final int LEAST_WINDOW = 3;
  private static final int MOST_WINDOW = 100_000;
  private static final String KEYS_APART = ";";
  private static final Pattern REGION = Pattern.compile("\\s*(?:([+-]?\\d{1,9})\\s*:)?(.*)");
  private static final List<String> NAMES =
      List.of("window", "meter", "roi", "measured", "measure-again");

  static final List<Option> OPTIONS =
      List.of(
          Syntax.flag(
              "deflicker",
              "Measure the exposure of each frame of a sequence, and bring it to a smooth curve "
                  + "through all of them. Frames with a key become brighter by exactly its stops."),
          Syntax.value(
              "window",
              "N",
              "The smooth curve looks at so many frames: 3 or more, 25 by default. What changes "
                  + "over more of them is kept."),
          Syntax.value(
              "meter",
              "WAY",
              "How a frame is measured: pixels (each against the frame before, the default; what "
                  + "moves does not count), mean (of the middle 80 % of its exposures), or a "
                  + "percentile such as 50%."),
          Syntax.value(
              "roi",
              "X,Y,W,H",
              "Measure only this region, in data window coordinates; or one that moves: "
                  + "'1001:0,0,64,32;1100:90,0,64,32'."),
          Syntax.value(
              "measured",
              "FILE",
              "The measured exposures: written to this CSV file, or read from it if it exists, so "
                  + "that they can be edited."),
          Syntax.flag("measure-again", "Measure although the file of --measured exists."));

  /** The options; null without {@code --deflicker}. */
  public static @Nullable DeflickerOptions of(Arguments given) throws UsageException {
    if (!given.has("deflicker")) {
      for (String name : NAMES) {
        if (given.has(name)) {
          throw new UsageException("--" + name + " goes with --deflicker");
        }
      }
      return null;
    }
    RegionTrack track = track(given.value("roi"));
    Meter meter;
    try {
      meter = Meter.of(given.value("meter", "pixels"));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--meter: " + e.getMessage());
    }
    if (track != null && track.moves() && meter.pixels()) {
      if (given.has("meter")) {
        throw new UsageException(
            "--meter pixels compares the same pixels of frames, and --roi moves; use --meter mean");
      }
      meter = Meter.MEAN;
    }
    return new DeflickerOptions(
        window(given), meter, track, given.path("measured"), given.has("measure-again"));
  }

  private static int window(Arguments given) throws UsageException {
    double window = given.number("window", USUAL_WINDOW);
    if (!(window >= LEAST_WINDOW && window <= MOST_WINDOW) || window != Math.rint(window)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--window is a number of frames from %d on, not %s",
              LEAST_WINDOW,
              given.value("window")));
    }
    return (int) window;
  }

  private static @Nullable RegionTrack track(@Nullable String text) throws UsageException {
    if (text == null) {
      return null;
    }
    Map<Integer, Window> keys = new HashMap<>();
    String[] regions = text.split(KEYS_APART, -1);
    for (String region : regions) {
      Matcher parts = REGION.matcher(region);
      boolean keyed = parts.matches() && parts.group(1) != null;
      if (!keyed && regions.length > 1) {
        throw new UsageException(
            "--roi: '" + region + "' has no frame before it, such as 1001:0,0,64,32");
      }
      int frame = keyed ? Integer.parseInt(parts.group(1)) : 0;
      Window window = ValueSyntax.window("--roi", keyed ? parts.group(2) : region);
      if (keys.putIfAbsent(frame, window) != null) {
        throw new UsageException("--roi: frame " + frame + " has two regions");
      }
    }
    return RegionTrack.of(keys);
  }

  /** The file to read exposures from; null if they are to be measured. */
  @Nullable Path known() {
    Path file = measured;
    return file != null && !again && Files.exists(file) ? file : null;
  }
}
