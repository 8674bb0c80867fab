package stops.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private Summary(Meaning meaning, Bins counts, List<Double> percents) {
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

  static ChannelStatistics of(
      String part, String channel, Meaning meaning, Bins counts, List<Double> percents) {
    Summary summary = new Summary(meaning, counts, percents);
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
    return new Intensities(
        least,
        greatest,
        sum.mean(finite),
        at(percentiles.found(), MEDIAN),
        only(percentiles.found(), given),
        counts.width());
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
    Map<Double, Double> found = percentiles.found();
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
        only(percentiles.found(), given),
        counts.widthStops(),
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
