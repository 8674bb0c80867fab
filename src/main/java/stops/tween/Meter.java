package stops.tween;

import java.util.Locale;
import java.util.OptionalDouble;
import stops.match.FrameLight;

/**
 * The way in which a frame's exposure is measured.
 *
 * @param pixels whether frames are compared pixel by pixel with those before them
 * @param percent the percentile to take; negative for the mean of those in the middle
 */
public record Meter(boolean pixels, double percent) {
  /** By pixels. */
  public static final Meter PIXELS = new Meter(true, -1);

  /** By the mean of the middle. */
  public static final Meter MEAN = new Meter(false, -1);

  /** The share of pixels, by rank, whose mean counts. */
  private static final double MIDDLE = 0.8;

  /**
   * The meter of that name: {@code pixels}, {@code mean} or a percentage such as {@code 50%}.
   *
   * @throws IllegalArgumentException if there is none; the message is one line
   */
  public static Meter of(String name) {
    switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "pixels" -> {
        return PIXELS;
      }
      case "mean" -> {
        return MEAN;
      }
      default -> {
        if (name.matches("\\d{1,3}(\\.\\d{1,6})?%")) {
          double percent = Double.parseDouble(name.substring(0, name.length() - 1));
          if (percent <= 100) {
            return new Meter(false, percent);
          }
        }
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "'%s' is not pixels, mean, or a percentile such as 50%%", name));
      }
    }
  }

  /** The exposure of a frame by itself, in stops; none if what is asked for is clipped or black. */
  OptionalDouble level(FrameLight light) {
    return percent < 0 ? light.middle(MIDDLE) : light.percentile(percent / 100);
  }
}
