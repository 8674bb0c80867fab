package stops.stats;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.math.Scalar;

/**
 * Statistics of the samples of one channel, over all levels of a tiled picture.
 *
 * @param part name of its part; empty if the file has only one
 * @param channel its name
 * @param meaning the meaning of its samples
 * @param samples number of samples
 * @param minimum the least finite intensity, or value; null if there is none
 * @param maximum the greatest finite intensity, or value; null if there is none. Infinite if the
 *     exposure is above 1024, because a double cannot hold the intensity
 * @param minimumStops the exposure, in stops, of the least finite intensity above zero; null if
 *     there is none or the samples are not light
 * @param maximumStops the exposure, in stops, of the greatest finite intensity above zero; null if
 *     there is none or the samples are not light
 * @param zero number of intensities that are 0 and so have no exposure; in an exposure file, of
 *     exposures that are −∞
 * @param negative number of intensities below 0, −∞ included
 * @param infinite number of samples that are +∞
 * @param nan number of samples that are NaN
 */
public record ChannelStatistics(
    String part,
    String channel,
    Meaning meaning,
    long samples,
    @Nullable Double minimum,
    @Nullable Double maximum,
    @Nullable Double minimumStops,
    @Nullable Double maximumStops,
    long zero,
    long negative,
    long infinite,
    long nan) {

  /** The meaning of samples. */
  public enum Meaning {
    /** Linear light. */
    INTENSITY,
    /** The exposure of light, in stops. */
    EXPOSURE,
    /** Something else, such as alpha or depth. */
    VALUE;

    /** {@code intensity}, {@code exposure} or {@code value}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ChannelStatistics of(String part, String channel, Meaning meaning, Distribution found) {
    return switch (meaning) {
      case EXPOSURE -> ofExposures(part, channel, found);
      case INTENSITY, VALUE -> {
        boolean light = meaning == Meaning.INTENSITY && found.hasPositive();
        yield new ChannelStatistics(
            part,
            channel,
            meaning,
            found.samples(),
            found.hasFinite() ? found.least() : null,
            found.hasFinite() ? found.greatest() : null,
            light ? Scalar.exposure(found.leastPositive()) : null,
            light ? Scalar.exposure(found.greatest()) : null,
            found.zeros(),
            found.negatives() + found.negativeInfinities(),
            found.positiveInfinities(),
            found.nans());
      }
    };
  }

  private static ChannelStatistics ofExposures(String part, String channel, Distribution found) {
    Double least = found.hasFinite() ? (Double) found.least() : null;
    Double greatest = found.hasFinite() ? (Double) found.greatest() : null;
    Double black = found.negativeInfinities() > 0 ? (Double) 0.0 : null;
    return new ChannelStatistics(
        part,
        channel,
        Meaning.EXPOSURE,
        found.samples(),
        black != null || least == null ? black : (Double) Scalar.intensity(least),
        greatest == null ? black : (Double) Scalar.intensity(greatest),
        least,
        greatest,
        found.negativeInfinities(),
        0,
        found.positiveInfinities(),
        found.nans());
  }
}
