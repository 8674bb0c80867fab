package stops.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds percentiles by the nearest rank: the percentile {@code p} of {@code n} sorted samples is
 * number {@code ⌈p n / 100⌉} of them, but the first for 0. Samples come in rising order.
 */
final class Percentiles {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final long samples;
  private final double least;
  private final double greatest;
  private final TreeSet<Double> left;
  private final SortedMap<Double, Double> found = new TreeMap<>();
  private long before;
  private long nextRank;

  /**
   * Percentiles of samples.
   *
   * @param percents from 0 to 100
   * @param samples number of samples, 1 or more
   * @param least the first sample
   * @param greatest the last sample
   */
  Percentiles(Collection<Double> percents, long samples, double least, double greatest) {
    this.samples = samples;
    this.least = least;
    this.greatest = greatest;
    left = new TreeSet<>(percents);
    nextRank = left.isEmpty() ? Long.MAX_VALUE : rank(left.first(), samples);
  }

  /** The number of the sample, from 1 on. */
  static long rank(double percent, long samples) {
    BigDecimal rank =
        BigDecimal.valueOf(percent)
            .multiply(BigDecimal.valueOf(samples))
            .divide(HUNDRED, 0, RoundingMode.CEILING);
    return Math.max(1, rank.longValueExact());
  }

  /** The next samples are {@code count} of {@code value}. */
  void add(long count, double value) {
    before += count;
    while (nextRank <= before) {
      found.put(left.removeFirst(), nextRank == 1 ? least : nextRank == samples ? greatest : value);
      nextRank = left.isEmpty() ? Long.MAX_VALUE : rank(left.first(), samples);
    }
  }

  /** All percentiles by percentage, after the last sample. */
  SortedMap<Double, Double> found() {
    return found;
  }
}
