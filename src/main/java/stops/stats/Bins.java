package stops.stats;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.Domain;

/**
 * All samples of a channel, counted by value. Everything that is said of a channel is computed from
 * these counts in a fixed order, and counts do not depend on the order of samples. So the result
 * has the same bits for any number of threads and any division into strips.
 *
 * <p>{@link #add} is thread-safe. The other methods are called when all samples are added.
 */
abstract sealed class Bins permits HalfBins, ValueBins, StopBins {
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;

  /**
   * Bins for the samples of a channel.
   *
   * @param type sample type; null for 32-bit unsigned integers
   * @param domain what the samples stand for
   */
  static Bins of(@Nullable SampleType type, Domain domain, RowMemory memory) {
    if (type == SampleType.FLOAT16) {
      return new HalfBins(domain, memory);
    }
    return domain == Domain.EXPOSURE ? new StopBins(type, memory) : new ValueBins(type, memory);
  }

  /** Counts samples. */
  abstract void add(SampleRuns samples, Scratch scratch);

  /** The bins of finite samples other than zero intensities, in rising order. */
  abstract void forEach(Consumer<Bin> consumer);

  /** Adds all finite intensities, or values. */
  abstract void addTo(ExactSum sum);

  /** Number of zeros: intensities of 0, exposures of −∞. */
  abstract long zeros();

  /** The range of finite samples other than zero intensities: values, or stops of exposures. */
  abstract Range range();

  /** The most by which a bin's mean differs from a sample in it, as a fraction of it. */
  abstract double width();

  /** The same in stops. */
  abstract double widthStops();

  /** Exact limits of samples. Without samples, each least is +∞ and each greatest −∞. */
  record Range(double least, double greatest, double leastPositive) {}

  /** Counts float64 samples one by one. */
  final synchronized void addDoubles(SampleRuns samples, long[] block, DoubleConsumer counter) {
    for (int read = samples.read(block); read > 0; read = samples.read(block)) {
      for (int i = 0; i < read; i++) {
        counter.accept(Double.longBitsToDouble(block[i]));
      }
    }
  }

  /** Counts a sample that is not finite. */
  final void countSpecial(double value, long count) {
    if (Double.isNaN(value)) {
      nans += count;
    } else if (value > 0) {
      positiveInfinities += count;
    } else {
      negativeInfinities += count;
    }
  }

  final long nans() {
    return nans;
  }

  final long positiveInfinities() {
    return positiveInfinities;
  }

  final long negativeInfinities() {
    return negativeInfinities;
  }
}
