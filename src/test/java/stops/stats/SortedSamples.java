package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import stops.image.Domain;
import stops.stats.ChannelStatistics.Exposures;
import stops.stats.ChannelStatistics.Intensities;

/** The statistics of samples, computed from all of them, sorted, and compared with those found. */
final class SortedSamples {
  /** The error that is promised for means in stops. */
  private static final double STOPS = 3e-8;

  private static final double LN2 = Math.log(2);

  private final double[] samples;
  private final Domain domain;
  private final double[] finite;
  private final double[] stops;

  SortedSamples(double[] samples, Domain domain) {
    this.samples = samples;
    this.domain = domain;
    DoubleUnaryOperator exp2 = e -> Math.pow(2, e);
    boolean exposures = domain == Domain.EXPOSURE;
    finite =
        exposures
            ? Arrays.stream(samples)
                .filter(e -> e < Double.POSITIVE_INFINITY)
                .map(exp2)
                .sorted()
                .toArray()
            : Arrays.stream(samples).filter(Double::isFinite).map(x -> x + 0.0).sorted().toArray();
    stops =
        exposures
            ? Arrays.stream(samples).filter(Double::isFinite).map(e -> e + 0.0).sorted().toArray()
            : Arrays.stream(samples)
                .filter(x -> x > 0 && Double.isFinite(x))
                .map(x -> Math.log(x) / LN2)
                .sorted()
                .toArray();
  }

  private long count(java.util.function.DoublePredicate which) {
    return Arrays.stream(samples).filter(which).count();
  }

  void check(ChannelStatistics found) {
    boolean exposures = domain == Domain.EXPOSURE;
    assertEquals(samples.length, found.samples());
    assertEquals(count(Double::isNaN), found.nan());
    assertEquals(count(x -> x == Double.POSITIVE_INFINITY), found.infinite());
    assertEquals(
        exposures ? count(x -> x == Double.NEGATIVE_INFINITY) : count(x -> x == 0), found.zero());
    assertEquals(exposures ? 0 : count(x -> x < 0), found.negative());
    if (finite.length == 0) {
      assertNull(found.intensities());
    } else {
      check(Objects.requireNonNull(found.intensities()));
    }
    if (stops.length == 0) {
      assertNull(found.exposures());
    } else {
      check(Objects.requireNonNull(found.exposures()));
    }
  }

  private void check(Intensities found) {
    boolean exact = domain == Domain.INTENSITY;
    double relative = exact ? 0 : 4e-9;
    assertNear(finite[0], found.minimumIntensity(), exact ? 0 : 1e-15);
    assertNear(finite[finite.length - 1], found.maximumIntensity(), exact ? 0 : 1e-15);
    if (exact) {
      ExactSum mean = new ExactSum();
      BigDecimal sum = BigDecimal.ZERO;
      for (double value : finite) {
        sum = sum.add(new BigDecimal(value));
        mean.add(value, 1);
      }
      assertEquals(sum.doubleValue(), mean.mean(1));
      assertEquals(mean.mean(finite.length), found.arithmeticMeanIntensity());
    } else {
      double mean = Arrays.stream(finite).average().orElseThrow();
      assertNear(mean, found.arithmeticMeanIntensity(), relative);
    }
    found
        .percentilesIntensity()
        .forEach((percent, value) ->
            assertNear(percentile(finite, percent), value, found.percentileWidth()));
    assertNear(percentile(finite, 50), found.medianIntensity(), found.percentileWidth());
  }

  private void check(Exposures found) {
    assertEquals(stops.length, found.samplesAboveZero());
    assertEquals(stops[0], found.minimumStops(), 1e-12);
    assertEquals(stops[stops.length - 1], found.maximumStops(), 1e-12);
    double mean = Arrays.stream(stops).average().orElseThrow();
    assertEquals(mean, found.geometricMeanStops(), STOPS);
    assertEquals(mean - Math.log(0.18) / LN2, found.keyValueStops(), STOPS);
    double variance =
        Arrays.stream(stops).map(e -> (e - mean) * (e - mean)).average().orElseThrow();
    assertEquals(Math.sqrt(variance), found.standardDeviationStops(), 5e-7);
    double width = found.percentileWidthStops() + 1e-12;
    found
        .percentilesStops()
        .forEach((percent, value) -> assertEquals(percentile(stops, percent), value, width));
    assertEquals(percentile(stops, 50), found.medianStops(), width);
    assertEquals(
        percentile(stops, 99.9) - percentile(stops, 0.1), found.dynamicRangeStops(), 2 * width);
    assertEquals(stops[stops.length - 1] - stops[0], found.fullRangeStops(), 1e-12);
    assertEquals(stops.length, found.histogramStops().values().stream().mapToLong(n -> n).sum());
    found.histogramStops().forEach((from, count) -> checkBin(from, count, width));
  }

  /** A bin holds at least the samples well inside, and at most those near it too. */
  private void checkBin(double from, long count, double width) {
    double to = from + Exposures.HISTOGRAM_STEP_STOPS;
    long inside = Arrays.stream(stops).filter(e -> e > from + width && e < to - width).count();
    long near = Arrays.stream(stops).filter(e -> e > from - width && e < to + width).count();
    assertTrue(inside <= count && count <= near, from + ": " + count);
  }

  private static double percentile(double[] sorted, double percent) {
    return sorted[(int) Percentiles.rank(percent, sorted.length) - 1];
  }

  private static void assertNear(double expected, double found, double relative) {
    if (expected != found) {
      assertEquals(expected, found, Math.abs(expected) * relative);
    }
  }
}
