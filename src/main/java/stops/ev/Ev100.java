package stops.ev;

import stops.math.Scalar;

/**
 * A light level: the exposure value that exposes it correctly at ISO 100. Immutable.
 *
 * <p>Reflected light meters read the mean luminance {@code L = 2^EV100 · K / 100} with K = 12.5
 * cd/m², incident light meters the illuminance {@code E = 2^EV100 · C / 100} with C = 250 lux.
 * Source: ISO 2720:1974, which leaves manufacturers a range for both; these are the values that
 * most meters have.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param stops the light level, in stops; finite
 */
public record Ev100(double stops) {
  /** The constant of reflected light meters, K, in cd/m² · s · ISO. */
  public static final double K = 12.5;

  /** The constant of incident light meters with a hemispherical receptor, C, in lux · s · ISO. */
  public static final double C = 250;

  private static final double ISO_BASE = 100;

  /** Checks that it is finite. */
  public Ev100 {
    if (!Double.isFinite(stops)) {
      throw new IllegalArgumentException("EV100 " + stops + " is not a finite number of stops");
    }
  }

  /**
   * The light level of a mean luminance.
   *
   * @param luminance in cd/m², above 0
   */
  public static Ev100 ofLuminance(double luminance) {
    return of("luminance", luminance, K);
  }

  /**
   * The light level of an illuminance.
   *
   * @param illuminance in lux, above 0
   */
  public static Ev100 ofIlluminance(double illuminance) {
    return of("illuminance", illuminance, C);
  }

  private static Ev100 of(String what, double value, double constant) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " " + value + " is not a finite number above 0");
    }
    return new Ev100(Scalar.exposure(value / (constant / ISO_BASE)));
  }

  /** Mean luminance of the scene in cd/m²: 2^EV100 · 12.5 / 100. */
  public double luminance() {
    return Scalar.intensity(stops) * (K / ISO_BASE);
  }

  /** Illuminance in lux: 2^EV100 · 250 / 100. */
  public double illuminance() {
    return Scalar.intensity(stops) * (C / ISO_BASE);
  }

  /** The settings' exposure value that exposes this light correctly at another speed. */
  public Ev at(double iso) {
    SettingKind.ISO.check(SettingKind.ISO.word(), iso, Double.toString(iso));
    return new Ev(stops + Power.of(iso).over(Power.of(ISO_BASE)).log2());
  }

  /** The light level with four decimals, such as {@code EV100 12.9069}. */
  @Override
  public String toString() {
    return "EV100 " + Figures.stops(stops);
  }
}
