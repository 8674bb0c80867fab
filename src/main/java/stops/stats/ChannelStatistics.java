package stops.stats;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the samples of one channel.
 *
 * <p>What is said in linear intensity rests on all finite samples, zero and negative ones included.
 * What is said in stops rests on the finite samples above zero. Both are said of an intensity file
 * and of an exposure file: the intensity of an exposure {@code e} is {@code 2^e}, and 0 if it is
 * −∞. Two types keep them apart.
 *
 * <p>The same samples give the same bits for any number of threads, in any order.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param part name of its part; empty if the file has only one
 * @param channel its name
 * @param meaning the meaning of its samples
 * @param samples number of samples
 * @param zero number of intensities that are 0 and so have no exposure; in an exposure file, of
 *     exposures that are −∞
 * @param negative number of intensities below 0, −∞ included
 * @param infinite number of samples that are +∞
 * @param nan number of samples that are NaN
 * @param intensities the statistics of intensities, or of values; null if no sample is finite
 * @param exposures the statistics of exposures; null if no finite sample is above zero or the
 *     samples are not light
 */
public record ChannelStatistics(
    String part,
    String channel,
    Meaning meaning,
    long samples,
    long zero,
    long negative,
    long infinite,
    long nan,
    @Nullable Intensities intensities,
    @Nullable Exposures exposures) {

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

  /**
   * Statistics in linear intensity, of all finite samples. If the samples are not light, of their
   * values.
   *
   * @param minimumIntensity the least
   * @param maximumIntensity the greatest; infinite if it is of an exposure of 1024 stops or more
   * @param arithmeticMeanIntensity the sum divided by the number. For intensities, the sum is exact
   *     and the quotient is rounded once. For float32 and float64 exposures, the relative error is
   *     below 4e-9
   * @param medianIntensity the percentile 50
   * @param percentilesIntensity for each percentage, the least intensity that at least so many
   *     percent of the samples do not exceed. It is a mean of near samples, see {@code
   *     percentileWidth}
   * @param percentileWidth the most by which a percentile is wrong, as a fraction of it; 0 for
   *     float16
   */
  public record Intensities(
      double minimumIntensity,
      double maximumIntensity,
      double arithmeticMeanIntensity,
      double medianIntensity,
      SortedMap<Double, Double> percentilesIntensity,
      double percentileWidth) {

    /** The statistics, with a copy of the percentiles. */
    public Intensities {
      percentilesIntensity = Collections.unmodifiableSortedMap(new TreeMap<>(percentilesIntensity));
    }
  }

  /**
   * Statistics in stops, of the finite samples above zero.
   *
   * @param samplesAboveZero number of these samples
   * @param minimumStops the least exposure
   * @param maximumStops the greatest exposure
   * @param geometricMeanStops the mean of the exposures, that is the exposure of the geometric mean
   *     of the intensities. It is within 3e-8 stops; for float16, it is the exact mean of the
   *     exposures in double precision, rounded once
   * @param medianStops the percentile 50
   * @param standardDeviationStops the standard deviation of the exposures, of all samples and not
   *     of a sample of them: the squares are divided by their number
   * @param dynamicRangeStops the percentile 99.9 less the percentile 0.1
   * @param fullRangeStops the maximum less the minimum
   * @param keyValueStops the geometric mean less the exposure of 0.18, a middle grey
   * @param percentilesStops for each percentage, the least exposure that at least so many percent
   *     of the samples do not exceed. It is a mean of near samples, see {@code
   *     percentileWidthStops}
   * @param percentileWidthStops the most by which a percentile is wrong, in stops; 0 for float16
   * @param histogramStops numbers of samples by the exposure at which their bin begins. Bins are a
   *     quarter of a stop wide, and empty ones are left out. A sample that is closer to the end of
   *     a bin than {@code percentileWidthStops} may be counted in the next one
   */
  public record Exposures(
      long samplesAboveZero,
      double minimumStops,
      double maximumStops,
      double geometricMeanStops,
      double medianStops,
      double standardDeviationStops,
      double dynamicRangeStops,
      double fullRangeStops,
      double keyValueStops,
      SortedMap<Double, Double> percentilesStops,
      double percentileWidthStops,
      SortedMap<Double, Long> histogramStops) {

    /** The width of the histogram's bins, in stops. */
    public static final double HISTOGRAM_STEP_STOPS = 0.25;

    /** The statistics, with copies of the percentiles and the histogram. */
    public Exposures {
      percentilesStops = Collections.unmodifiableSortedMap(new TreeMap<>(percentilesStops));
      histogramStops = Collections.unmodifiableSortedMap(new TreeMap<>(histogramStops));
    }
  }
}
