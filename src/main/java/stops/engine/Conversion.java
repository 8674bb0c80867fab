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
 * @param direction the map
 * @param source type of the samples read
 * @param target type of the samples written
 * @param gainStops gain in stops, finite, −2100 to 2100; 0 for none
 * @param zero the value stored for the exposure of zero
 */
public record Conversion(
    Direction direction, SampleType source, SampleType target, double gainStops, ZeroPolicy zero) {

  /** The largest magnitude of the gain, in stops. Beyond it, every float64 over- or underflows. */
  public static final double MAX_GAIN_STOPS = 2100;

  public Conversion {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(zero, "zero");
    if (!(Math.abs(gainStops) <= MAX_GAIN_STOPS)) {
      throw new IllegalArgumentException("gain must be from -2100 to 2100 stops, not " + gainStops);
    }
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
        && zero == that.zero;
  }

  @Override
  public int hashCode() {
    return Objects.hash(direction, source, target, gainStops, zero);
  }

  /** A conversion without gain that stores −∞ for the exposure of zero. */
  public static Conversion of(Direction direction, SampleType source, SampleType target) {
    return new Conversion(direction, source, target, 0, ZeroPolicy.INF);
  }
}
