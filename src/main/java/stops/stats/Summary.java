package stops.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import stops.math.Scalar;
import stops.stats.ChannelStatistics.Exposures;
import stops.stats.ChannelStatistics.Intensities;
import stops.stats.ChannelStatistics.Meaning;

/** Computes the statistics of a channel from its bins. */
final class Summary {
  private static final double MEDIAN = 50;
  private static final double LOW = 0.1;
  private static final double HIGH = 99.9;
  private static final double MIDDLE_GREY = 0.18;

  private final Meaning meaning;
  private final Bins counts;
  private final Bins.Range range;
  private final List<Bin> bins = new ArrayList<>();
  private final TreeSet<Double> percents;
  private final long finite;
  private final long negative;
  private final @Nullable RankSearch ranks;

  private Summary(Meaning meaning, Bins counts, List<Double> percents, @Nullable RankSearch ranks) {
    this.ranks = ranks;
    this.meaning = meaning;
    this.counts = counts;
    this.percents = new TreeSet<>(percents);
    this.percents.addAll(List.of(LOW, MEDIAN, HIGH));
    range = counts.range();
    counts.forEach(bins::add);
    finite = counts.zeros() + bins.stream().mapToLong(Bin::count).sum();
    negative =
        meaning == Meaning.EXPOSURE
            ? 0
            : bins.stream().filter(bin -> bin.intensity() < 0).mapToLong(Bin::count).sum()
                + counts.negativeInfinities();
  }

  /**
   * The statistics of a channel.
   *
   * @param ranks what found the samples of {@link #ranks}; null to take the bins for percentiles
   */
  static ChannelStatistics of(
      String part,
      String channel,
      Meaning meaning,
      Bins counts,
      List<Double> percents,
      @Nullable RankSearch ranks) {
    Summary summary = new Summary(meaning, counts, percents, ranks);
    return new ChannelStatistics(
        part,
        channel,
        meaning,
        summary.samples(),
        counts.zeros(),
        summary.negative,
        counts.positiveInfinities(),
        counts.nans(),
        summary.finite == 0 ? null : summary.intensities(percents),
        summary.exposures(percents));
  }

  /** The ranks, among finite samples, of all percentiles. */
  static Set<Long> ranks(Meaning meaning, Bins counts, List<Double> percents) {
    Summary summary = new Summary(meaning, counts, percents, null);
    Set<Long> ranks = new TreeSet<>();
    for (double percent : summary.percents) {
      if (summary.finite > 0) {
        ranks.add(summary.rank(percent));
      }
      if (summary.light() > 0) {
        ranks.add(summary.rankOfLight(percent));
      }
    }
    ranks.removeIf(rank -> rank < 1);
    return ranks;
  }

  /** Number of samples that have an exposure. */
  private long light() {
    return bins.stream().filter(Bin::hasStops).mapToLong(Bin::count).sum();
  }

  /** The rank of a percentile; of −∞, which is the light 0 of an exposure file, 0 or less. */
  private long rank(double percent) {
    return Percentiles.rank(percent, finite) - (isExposure() ? counts.zeros() : 0);
  }

  /** The rank of a percentile of the samples above zero. */
  private long rankOfLight(double percent) {
    long light = light();
    return Percentiles.rank(percent, light) + (isExposure() ? 0 : finite - light);
  }

  /** The percentiles of samples, in linear or in stops: exact ones if they were looked for. */
  private SortedMap<Double, Double> exact(SortedMap<Double, Double> found, boolean inStops) {
    RankSearch search = ranks;
    if (search == null) {
      return found;
    }
    SortedMap<Double, Double> exact = new TreeMap<>();
    for (double percent : percents) {
      long rank = inStops ? rankOfLight(percent) : rank(percent);
      if (rank < 1) {
        exact.put(percent, 0.0);
      } else {
        double sample = search.sample(rank);
        exact.put(
            percent,
            inStops == isExposure()
                ? sample
                : inStops ? Scalar.exposure(sample) : Scalar.intensity(sample));
      }
    }
    return exact;
  }

  private boolean isExposure() {
    return meaning == Meaning.EXPOSURE;
  }

  private long samples() {
    // In exposure files, −∞ is a zero and so is finite light.
    return finite
        + counts.nans()
        + counts.positiveInfinities()
        + (isExposure() ? 0 : counts.negativeInfinities());
  }

  private Intensities intensities(List<Double> given) {
    double least = isExposure() ? Scalar.intensity(range.least()) : range.least();
    double greatest = isExposure() ? Scalar.intensity(range.greatest()) : range.greatest();
    if (counts.zeros() > 0) {
      least = isExposure() ? 0 : Math.min(least, 0);
      greatest = bins.isEmpty() ? 0 : isExposure() ? greatest : Math.max(greatest, 0);
    }
    Percentiles percentiles = new Percentiles(percents, finite, least, greatest);
    boolean zerosAdded = false;
    for (Bin bin : bins) {
      if (!zerosAdded && (isExposure() || bin.intensity() > 0)) {
        percentiles.add(counts.zeros(), 0);
        zerosAdded = true;
      }
      percentiles.add(bin.count(), bin.intensity());
    }
    if (!zerosAdded) {
      percentiles.add(counts.zeros(), 0);
    }
    ExactSum sum = new ExactSum();
    counts.addTo(sum);
    SortedMap<Double, Double> found = exact(percentiles.found(), false);
    return new Intensities(
        least,
        greatest,
        sum.mean(finite),
        at(found, MEDIAN),
        only(found, given),
        ranks == null ? counts.width() : 0);
  }

  private @Nullable Exposures exposures(List<Double> given) {
    List<Bin> light = bins.stream().filter(Bin::hasStops).toList();
    if (light.isEmpty() || meaning == Meaning.VALUE) {
      return null;
    }
    long samples = light.stream().mapToLong(Bin::count).sum();
    double least = isExposure() ? range.least() : Scalar.exposure(range.leastPositive());
    double greatest = isExposure() ? range.greatest() : Scalar.exposure(range.greatest());
    ExactSum sum = new ExactSum();
    Percentiles percentiles = new Percentiles(percents, samples, least, greatest);
    SortedMap<Double, Long> histogram = new TreeMap<>();
    for (Bin bin : light) {
      sum.add(bin.stops(), bin.count());
      percentiles.add(bin.count(), bin.stops());
      double start =
          Math.floor(bin.stops() / Exposures.HISTOGRAM_STEP_STOPS) * Exposures.HISTOGRAM_STEP_STOPS;
      histogram.merge(start + 0.0, bin.count(), Long::sum);
    }
    double mean = sum.mean(samples);
    ExactSum squares = new ExactSum();
    for (Bin bin : light) {
      double distance = bin.stops() - mean;
      squares.add(bin.variance() + distance * distance, bin.count());
    }
    SortedMap<Double, Double> found = exact(percentiles.found(), true);
    return new Exposures(
        samples,
        least,
        greatest,
        mean,
        at(found, MEDIAN),
        Math.sqrt(squares.mean(samples)),
        at(found, HIGH) - at(found, LOW),
        greatest - least,
        mean - Scalar.exposure(MIDDLE_GREY),
        only(found, given),
        ranks == null ? counts.widthStops() : 0,
        histogram);
  }

  private static double at(Map<Double, Double> percentiles, double percent) {
    Double found = percentiles.get(percent);
    if (found == null) {
      throw new IllegalStateException("no percentile " + percent);
    }
    return found;
  }

  private static SortedMap<Double, Double> only(
      SortedMap<Double, Double> percentiles, List<Double> given) {
    SortedMap<Double, Double> only = new TreeMap<>(percentiles);
    only.keySet().retainAll(given);
    return only;
  }
}
