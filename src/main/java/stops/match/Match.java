package stops.match;

import org.jspecify.annotations.Nullable;

/**
 * By how many stops a picture is above a reference.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param channel {@code luminance}, or the name of the channel in the picture
 * @param stops the difference in stops; +1 where the picture has twice the light
 * @param standardError one standard error of {@code stops}, in stops, 0 or more. It comes from how
 *     much regions of the picture, and bright and dark pixels, differ among one another. An
 *     interval of two standard errors to both sides is meant to cover the true difference in 95 of
 *     100 cases
 * @param deviation standard deviation in stops of the differences of single pixels; of a level
 *     against a value, of the exposures; of distributions, of the differences of their quantiles
 * @param pixels number of pixels, or of 256 quantiles, that the difference rests on
 * @param compared number of pixels, or of quantiles, that both pictures have in the region. Of a
 *     region of more than 262,144 pixels, an evenly spread selection of that many is compared
 * @param floorStops the exposure in the reference, in stops, below which pixels were left out; null
 *     where none were
 * @param clipStops the exposure of the reference's channel, in stops, from which on it is taken as
 *     clipped, the lowest of all channels; null where nothing is clipped
 * @param otherClipStops the same of the picture
 */
public record Match(
    String channel,
    double stops,
    double standardError,
    double deviation,
    long pixels,
    long compared,
    @Nullable Double floorStops,
    @Nullable Double clipStops,
    @Nullable Double otherClipStops) {
  /** The least number of pixels that a difference may rest on. */
  static final int LEAST_PIXELS = 32;

  /** The share of the compared pixels that the difference rests on, from 0 to 1. */
  public double fraction() {
    return (double) pixels / compared;
  }
}
