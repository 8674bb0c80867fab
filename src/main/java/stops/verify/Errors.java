package stops.verify;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.math.Definition;
import stops.math.RawSamples;
import stops.math.SampleBits;
import stops.math.Scalar;

/**
 * Counts and measures results that differ from the definition. The error is the distance from the
 * true value in units in the last place of the target type. The true value is known to 0.501 ULP of
 * float64.
 */
final class Errors {
  private final Conversion conversion;
  private final Definition definition;
  private final boolean foreign;
  private long misrounded;
  private @Nullable String first;
  private double largestUlps = 0.5;

  /**
   * Starts without errors.
   *
   * @param foreign whether the results are those of a device's own function, which neither clamps
   *     negative intensities nor gives the canonical NaN
   */
  Errors(Conversion conversion, boolean foreign) {
    this.conversion = conversion;
    this.foreign = foreign;
    this.definition = new Definition(conversion);
  }

  /** Checks the results of consecutive samples. */
  void check(MemorySegment source, MemorySegment target, long samples) {
    for (long i = 0; i < samples; i++) {
      double sample =
          SampleBits.value(conversion.source(), RawSamples.get(source, conversion.source(), i));
      check(sample, RawSamples.get(target, conversion.target(), i));
    }
  }

  /**
   * Checks one result.
   *
   * @param sample a value of the source type
   * @param result its result, as bits of the target type
   */
  void check(double sample, long result) {
    if (foreign && conversion.direction() == Direction.TO_EXPOSURE && sample < 0) {
      return;
    }
    long expected = definition.convert(sample);
    if (result == expected) {
      return;
    }
    double found = SampleBits.value(conversion.target(), result);
    double wanted = SampleBits.value(conversion.target(), expected);
    if (foreign && Double.isNaN(found) && Double.isNaN(wanted)) {
      return;
    }
    misrounded++;
    largestUlps = Math.max(largestUlps, ulps(sample, found, wanted));
    if (first == null) {
      first =
          String.format(
              Locale.ROOT,
              "%s of %s (%s to %s) is %s, not %s",
              conversion.direction() == Direction.TO_EXPOSURE ? "exposure" : "intensity",
              Double.toHexString(sample),
              conversion.source(),
              conversion.target(),
              Double.toHexString(found),
              Double.toHexString(wanted));
    }
  }

  private double ulps(double sample, double found, double wanted) {
    if (!Double.isFinite(found) || !Double.isFinite(wanted)) {
      return Double.POSITIVE_INFINITY;
    }
    double exact =
        conversion.direction() == Direction.TO_EXPOSURE
            ? Scalar.exposure(sample)
            : Scalar.intensity(sample);
    return Math.abs(found - exact) / ulp(exact);
  }

  private double ulp(double value) {
    return switch (conversion.target()) {
      case FLOAT16 -> Math.max(0x1p-24, Math.scalb(1.0, Math.getExponent(value) - 10));
      case FLOAT32 -> Math.ulp((float) value);
      case FLOAT64 -> Math.ulp(value);
    };
  }

  long misrounded() {
    return misrounded;
  }

  @Nullable String first() {
    return first;
  }

  double largestUlps() {
    return largestUlps;
  }
}
