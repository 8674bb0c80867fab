package stops.stats;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stops.convert.LightChannels;
import stops.image.Domain;
import stops.image.Window;

/**
 * What statistics are wanted of a file.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param input the file to read
 * @param from domain of its light, which overrides the file; null to go by the file. Files that
 *     cannot state a domain are taken to hold intensities
 * @param channels the channels, by name or pattern, and they are taken for light; empty for all
 *     channels, of which those that have a usual name of light are
 * @param exclude the channels, layers and parts to leave out, by name or pattern
 * @param region the pixels to look at, in the coordinates of the file's windows; null for all.
 *     Pixels that the file does not have are left out
 * @param percents the percentages of the percentiles, each from 0 to 100
 * @param exact whether percentiles are exact for float32 and float64 too: the file is then read
 *     twice or more
 */
public record StatisticsRequest(
    Path input,
    @Nullable Domain from,
    List<String> channels,
    List<String> exclude,
    @Nullable Window region,
    List<Double> percents,
    boolean exact) {

  /** The percentages that are usual. */
  public static final List<Double> USUAL_PERCENTS =
      List.of(0.1, 1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0, 99.9);

  /**
   * A request.
   *
   * @throws IllegalArgumentException if a percentage is not from 0 to 100
   */
  public StatisticsRequest {
    Objects.requireNonNull(input, "input");
    channels = List.copyOf(channels);
    exclude = List.copyOf(exclude);
    percents = List.copyOf(percents);
    for (double percent : percents) {
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException("a percentage is from 0 to 100, not " + percent);
      }
    }
  }

  /** A request for all channels and pixels, with the usual percentiles. */
  public static StatisticsRequest of(Path input) {
    return new StatisticsRequest(input, null, List.of(), List.of(), null, USUAL_PERCENTS, false);
  }

  /** A copy with another {@link #region}. */
  public StatisticsRequest withRegion(@Nullable Window pixels) {
    return new StatisticsRequest(input, from, channels, exclude, pixels, percents, exact);
  }

  /** A copy with other {@link #percents}. */
  public StatisticsRequest withPercents(List<Double> percentages) {
    return new StatisticsRequest(input, from, channels, exclude, region, percentages, exact);
  }

  /** A copy with another {@link #exact}. */
  public StatisticsRequest withExact(boolean percentiles) {
    return new StatisticsRequest(input, from, channels, exclude, region, percents, percentiles);
  }

  LightChannels lightChannels() {
    return LightChannels.of(channels, exclude);
  }
}
