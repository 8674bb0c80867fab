package stops.match;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.image.Domain;
import stops.image.Window;

/**
 * The parameters of a comparison of pictures. Immutable.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param perChannel whether each channel is compared by itself, instead of luminance
 * @param distribution whether quantiles are compared instead of pixels, for pictures that show the
 *     same in another framing
 * @param roi the region to compare, in data window coordinates; null for all
 * @param mask a picture whose first channel is above 0.5 in the pixels to compare; null for all
 * @param floorStops exposures in the reference below this are left out, in stops; null to find the
 *     noise floor in the data
 * @param clipStops channels from this exposure on are taken as clipped in both pictures, in stops;
 *     null to find clipping in the data
 * @param channels the channels to compare, by name or pattern; empty for the light of the first
 *     part: R, G and B, or Y
 * @param domain what the samples mean in files that do not say it themselves; null for intensities
 */
public record MatchRequest(
    boolean perChannel,
    boolean distribution,
    @Nullable Window roi,
    @Nullable Path mask,
    @Nullable Double floorStops,
    @Nullable Double clipStops,
    List<String> channels,
    @Nullable Domain domain) {

  public MatchRequest {
    channels = List.copyOf(channels);
    if (floorStops != null && floorStops.isNaN() || clipStops != null && clipStops.isNaN()) {
      throw new IllegalArgumentException("floor and clip must be numbers of stops");
    }
  }

  /** By luminance, pixel by pixel, over all pixels; floor and clipping are found in the data. */
  public static MatchRequest byDefault() {
    return new MatchRequest(false, false, null, null, null, null, List.of(), null);
  }

  /** A copy with another {@link #perChannel}. */
  public MatchRequest withPerChannel(boolean each) {
    return new MatchRequest(each, distribution, roi, mask, floorStops, clipStops, channels, domain);
  }

  /** A copy with another {@link #distribution}. */
  public MatchRequest withDistribution(boolean quantiles) {
    return new MatchRequest(
        perChannel, quantiles, roi, mask, floorStops, clipStops, channels, domain);
  }

  /** A copy with another {@link #roi} and {@link #mask}. */
  public MatchRequest withRegion(@Nullable Window region, @Nullable Path pixels) {
    return new MatchRequest(
        perChannel, distribution, region, pixels, floorStops, clipStops, channels, domain);
  }

  /** A copy with another {@link #floorStops} and {@link #clipStops}. */
  public MatchRequest withLimits(@Nullable Double floor, @Nullable Double clip) {
    return new MatchRequest(perChannel, distribution, roi, mask, floor, clip, channels, domain);
  }

  /** A copy with other {@link #channels}. */
  public MatchRequest withChannels(List<String> names) {
    return new MatchRequest(
        perChannel, distribution, roi, mask, floorStops, clipStops, names, domain);
  }

  /** A copy with another {@link #domain}. */
  public MatchRequest withDomain(@Nullable Domain meaning) {
    return new MatchRequest(
        perChannel, distribution, roi, mask, floorStops, clipStops, channels, meaning);
  }
}
