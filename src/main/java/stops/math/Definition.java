package stops.math;

import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * Defines a conversion, sample by sample: the exact bits of each result, and the anomaly that a
 * sample counts as. Every engine gives the same bits.
 *
 * <p>Without gain, every float16 and float32 sample is correctly rounded to float16 and float32.
 * All other results are within 0.501 ULP. In fact they are within 0.5002, and the worst seen is
 * 0.50003, because the maps are computed with a relative error below 2^-66 and then rounded once,
 * straight to the target type. Of float64 results, fewer than 1 in a million are not correctly
 * rounded.
 *
 * <p>To exposure with a gain {@code g}, these bounds do not hold where {@code |x * 2^g - 1|} is
 * below 2^-90 and not 0. Only a gain chosen for that comes so close.
 *
 * <p>An {@link Adjustment} has a definition of its own.
 *
 * <p>Immutable.
 */
public final class Definition {
  /** The least intensity that is not clamped, 1e-323. Lower ones are clamped to it. */
  private static final double LEAST_INTENSITY = 0x1p-1073;

  private static final double LEAST_EXPOSURE = -1073;

  private final Direction direction;
  private final SampleType source;
  private final SampleType target;
  private final @Nullable Adjustment adjustment;
  private final Gain gain;
  private final long nan;
  private final long infinity;
  private final long clamped;
  private final long undefined;

  /** The definition of {@code conversion}. */
  public Definition(Conversion conversion) {
    direction = conversion.direction();
    source = conversion.source();
    target = conversion.target();
    adjustment = direction.adjusts() ? new Adjustment(conversion) : null;
    gain = conversion.hasGain() ? Gain.of(conversion.gainStops()) : Gain.NONE;
    nan = SampleBits.canonicalNaN(target);
    infinity = SampleBits.infinity(target);
    clamped = SampleBits.round(Wide.sum(LEAST_EXPOSURE, gain.stops()), target);
    undefined =
        switch (conversion.zero()) {
          case INF, FAIL -> infinity | SampleBits.sign(target);
          case NAN -> nan;
          case FLOOR -> clamped;
        };
  }

  /** The gain and its factor. */
  public Gain gain() {
    return gain;
  }

  /** The exposure of a zero, as bits of the target type. */
  public long undefined() {
    return undefined;
  }

  /** The exposure of a clamped intensity, as bits of the target type. */
  public long clamped() {
    return clamped;
  }

  /** The definition of an adjustment; null if the conversion is none. */
  public @Nullable Adjustment adjustment() {
    return adjustment;
  }

  /**
   * The result of a sample, as bits of the target type.
   *
   * @param bits bits of the source type
   */
  public long convertBits(long bits) {
    return adjustment == null ? convert(SampleBits.value(source, bits)) : adjustment.adjust(bits);
  }

  /**
   * The anomaly that a sample counts as; null if it is ordinary.
   *
   * @param bits bits of the source type
   * @param result the result of {@link #convertBits}
   */
  public @Nullable Anomaly anomalyOfBits(long bits, long result) {
    return adjustment == null
        ? anomaly(SampleBits.value(source, bits), result)
        : adjustment.anomaly(bits, result);
  }

  /**
   * The result of a sample between intensity and exposure, as bits of the target type.
   *
   * @param sample a value of the source type
   */
  public long convert(double sample) {
    return isOrdinary(sample) ? SampleBits.round(wide(sample), target) : special(sample);
  }

  /**
   * The anomaly that a sample between intensity and exposure counts as; null if it is ordinary.
   *
   * @param sample a value of the source type
   * @param result the result of {@link #convert}
   */
  public @Nullable Anomaly anomaly(double sample, long result) {
    if (Double.isNaN(sample)) {
      return Anomaly.NAN;
    }
    return direction == Direction.TO_EXPOSURE
        ? anomalyToExposure(sample)
        : anomalyToIntensity(sample, result);
  }

  private static @Nullable Anomaly anomalyToExposure(double intensity) {
    if (intensity == 0) {
      return Anomaly.UNDEFINED;
    }
    if (intensity < LEAST_INTENSITY) {
      return Anomaly.CLAMPED;
    }
    return intensity == Double.POSITIVE_INFINITY ? Anomaly.INFINITE : null;
  }

  private @Nullable Anomaly anomalyToIntensity(double exposure, long result) {
    if (Double.isInfinite(exposure)) {
      return Anomaly.INFINITE;
    }
    return result == 0 ? Anomaly.UNDERFLOW : result == infinity ? Anomaly.OVERFLOW : null;
  }

  /** Whether {@link #wide} converts {@code sample}; otherwise {@link #special} does. */
  boolean isOrdinary(double sample) {
    return sample < Double.POSITIVE_INFINITY
        && (direction == Direction.TO_EXPOSURE
            ? sample >= LEAST_INTENSITY
            : sample > Double.NEGATIVE_INFINITY);
  }

  /** The result of an ordinary sample, before it is rounded. */
  Wide wide(double sample) {
    if (direction == Direction.TO_EXPOSURE) {
      return gain.stops() == 0 ? Log2Wide.log2(sample) : Log2Wide.log2(sample, gain);
    }
    Wide sum = Wide.sum(sample, gain.stops());
    return Exp2Wide.exp2(sum.high(), sum.low());
  }

  /** The result of a sample that is not ordinary, as bits of the target type. */
  long special(double sample) {
    if (Double.isNaN(sample)) {
      return nan;
    }
    if (sample == Double.POSITIVE_INFINITY) {
      return infinity;
    }
    if (direction == Direction.TO_INTENSITY) {
      return 0;
    }
    return sample == 0 ? undefined : clamped;
  }
}
