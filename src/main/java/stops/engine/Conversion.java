package stops.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The map that engines apply to every sample: direction, sample types, gain and zero policy.
 *
 * <p>To exposure, a sample {@code x} becomes {@code log2(x) + gainStops}; to intensity, {@code 2^(x
 * + gainStops)}. Either way the light is multiplied by {@code 2^gainStops}. Each result is rounded
 * once, to nearest even, straight to the target type. Guardrails look at the sample as it is in the
 * source, before the gain.
 *
 * <p>An adjustment by {@code s = gainStops + gainRest} stops gives {@code x * 2^s} for an intensity
 * and {@code x + s} for an exposure, rounded in the same way. The sign stays, nothing is clamped,
 * and zero, infinities and NaN stay what they are.
 *
 * @param direction the map
 * @param source type of the samples read
 * @param target type of the samples written
 * @param gainStops gain in stops, finite; 0 for none. From −2100 to 2100 unless the light is
 *     adjusted
 * @param gainRest what an exact gain is more than {@code gainStops}, at most half an ULP of it; 0
 *     unless the light is adjusted
 * @param zero the value stored for the exposure of zero
 */
public record Conversion(
    Direction direction,
    SampleType source,
    SampleType target,
    double gainStops,
    double gainRest,
    ZeroPolicy zero) {

  /** The largest magnitude of the gain, in stops. Beyond it, every float64 over- or underflows. */
  public static final double MAX_GAIN_STOPS = 2100;

  public Conversion {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(zero, "zero");
    if (direction.adjusts()) {
      if (!Double.isFinite(gainStops) || gainStops + gainRest != gainStops) {
        throw new IllegalArgumentException("no number of stops: " + gainStops + " and " + gainRest);
      }
    } else if (gainRest != 0) {
      throw new IllegalArgumentException(
          "only an adjustment is by more than a double: " + gainRest);
    } else if (!(Math.abs(gainStops) <= MAX_GAIN_STOPS)) {
      throw new IllegalArgumentException("gain must be from -2100 to 2100 stops, not " + gainStops);
    }
  }

  /** A conversion between intensity and exposure. */
  public Conversion(
      Direction direction,
      SampleType source,
      SampleType target,
      double gainStops,
      ZeroPolicy zero) {
    this(direction, source, target, gainStops, 0, zero);
  }

  // These two methods equal those that Java generates for a record. They are written out because
  // generating them takes some milliseconds when a program starts.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conversion that
        && direction == that.direction
        && source == that.source
        && target == that.target
        && Double.compare(gainStops, that.gainStops) == 0
        && Double.compare(gainRest, that.gainRest) == 0
        && zero == that.zero;
  }

  @Override
  public int hashCode() {
    return Objects.hash(direction, source, target, gainStops, gainRest, zero);
  }

  /** A conversion without gain that stores −∞ for the exposure of zero. */
  public static Conversion of(Direction direction, SampleType source, SampleType target) {
    return new Conversion(direction, source, target, 0, ZeroPolicy.INF);
  }

  /**
   * An adjustment of light in one sample type.
   *
   * @param direction {@link Direction#SCALE} for intensities, {@link Direction#SHIFT} for exposures
   * @param stops by how many stops the light becomes brighter
   */
  public static Conversion adjust(Direction direction, SampleType type, ExactStops stops) {
    if (!direction.adjusts()) {
      throw new IllegalArgumentException(direction + " adjusts nothing");
    }
    return new Conversion(direction, type, type, stops.high(), stops.low(), ZeroPolicy.INF);
  }

  /** Whether the light is multiplied in a conversion between intensity and exposure. */
  public boolean hasGain() {
    return gainStops != 0 && !direction.adjusts();
  }
}
