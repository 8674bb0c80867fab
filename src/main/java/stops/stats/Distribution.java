package stops.stats;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.Plane;

/** Collects the range of numbers, and counts each special kind of them. */
final class Distribution {

  private long samples;
  private double leastPositive = Double.POSITIVE_INFINITY;
  private double greatestPositive;
  private double leastNegative;
  private double greatestNegative = Double.NEGATIVE_INFINITY;
  private long zeros;
  private long negatives;
  private long negativeInfinities;
  private long positiveInfinities;
  private long nans;

  /**
   * Adds the samples {@code first}, {@code first + step}, … below {@code count}.
   *
   * @param type their type; null for 32-bit unsigned integers
   */
  void add(@Nullable SampleType type, MemorySegment from, int first, int step, long count) {
    switch (type) {
      case null -> {
        for (long i = first; i < count; i += step) {
          add(Integer.toUnsignedLong(from.get(Plane.UINT32, i * 4)));
        }
      }
      case FLOAT16 -> {
        for (long i = first; i < count; i += step) {
          add(Float.float16ToFloat(from.get(Plane.FLOAT16, i * 2)));
        }
      }
      case FLOAT32 -> {
        for (long i = first; i < count; i += step) {
          add(from.get(Plane.FLOAT32, i * 4));
        }
      }
      case FLOAT64 -> {
        for (long i = first; i < count; i += step) {
          add(from.get(Plane.FLOAT64, i * 8));
        }
      }
    }
    samples += first < count ? (count - first - 1) / step + 1 : 0;
  }

  private void add(double value) {
    if (value > 0 && value < Double.POSITIVE_INFINITY) {
      // Comparisons are faster: Math.min and Math.max also handle NaN and the sign of zero.
      leastPositive = value < leastPositive ? value : leastPositive;
      greatestPositive = value > greatestPositive ? value : greatestPositive;
    } else {
      addUnusual(value);
    }
  }

  private void addUnusual(double value) {
    if (value == 0) {
      zeros++;
    } else if (value == Double.POSITIVE_INFINITY) {
      positiveInfinities++;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negativeInfinities++;
    } else if (value < 0) {
      negatives++;
      leastNegative = Math.min(leastNegative, value);
      greatestNegative = Math.max(greatestNegative, value);
    } else {
      nans++;
    }
  }

  void add(Distribution other) {
    samples += other.samples;
    leastPositive = Math.min(leastPositive, other.leastPositive);
    greatestPositive = Math.max(greatestPositive, other.greatestPositive);
    leastNegative = Math.min(leastNegative, other.leastNegative);
    greatestNegative = Math.max(greatestNegative, other.greatestNegative);
    zeros += other.zeros;
    negatives += other.negatives;
    negativeInfinities += other.negativeInfinities;
    positiveInfinities += other.positiveInfinities;
    nans += other.nans;
  }

  long samples() {
    return samples;
  }

  boolean hasPositive() {
    return greatestPositive > 0;
  }

  boolean hasFinite() {
    return hasPositive() || zeros > 0 || negatives > 0;
  }

  /** The least finite number, if there is any. */
  double least() {
    return negatives > 0 ? leastNegative : zeros > 0 ? 0 : leastPositive;
  }

  /** The greatest finite number, if there is any. */
  double greatest() {
    return hasPositive() ? greatestPositive : zeros > 0 ? 0 : greatestNegative;
  }

  /** The least finite number above zero, if there is any. */
  double leastPositive() {
    return leastPositive;
  }

  long zeros() {
    return zeros;
  }

  /** Number of finite numbers below zero. */
  long negatives() {
    return negatives;
  }

  long negativeInfinities() {
    return negativeInfinities;
  }

  long positiveInfinities() {
    return positiveInfinities;
  }

  long nans() {
    return nans;
  }
}
