package stops.ev;

import stops.math.Scalar;

/**
 * What a camera was set to: shutter time in seconds, f-number, ISO arithmetic speed, and the
 * optical density of a neutral density filter. Immutable.
 *
 * <pre>{@code
 * ExposureSettings bright = ExposureSettings.parse("1/125,f5.6,ISO400");
 * Ev100 level = bright.ev100();
 * double stops = bright.stopsAbove(ExposureSettings.parse("1/250,f5.6,ISO400")); // 1.0
 * }</pre>
 *
 * <p>Numbers are finite and above 0, from 1e-30 to 1e30; densities are 0 or more, and below 8.
 * Methods throw {@link IllegalArgumentException} for others. The message is one line that names the
 * setting.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class ExposureSettings {
  private static final double ISO_BASE = 100;

  /** log10(2), the density that halves light. */
  static final double DENSITY_OF_STOP = 0.301029995663981195;

  private final Power shutter;
  private final Power aperture;
  private final Power iso;
  private final double density;

  ExposureSettings(Power shutter, Power aperture, Power iso, double density) {
    this.shutter = shutter;
    this.aperture = aperture;
    this.iso = iso;
    this.density = density;
  }

  /**
   * Settings with exactly these values, and no filter.
   *
   * @param seconds the shutter time
   * @param fNumber the f-number, or a T-number where that is known
   * @param iso the ISO arithmetic speed
   */
  public static ExposureSettings of(double seconds, double fNumber, double iso) {
    return new ExposureSettings(
        checked(SettingKind.SHUTTER, seconds),
        checked(SettingKind.APERTURE, fNumber),
        checked(SettingKind.ISO, iso),
        0);
  }

  /**
   * Reads settings such as {@code 1/240,f8,ISO100} or {@code 2s,f/2.8,ISO400,nd0.9}. Marked values
   * in third stops are the powers of 2 that they mean: {@code 1/125} is 2^−7 s, {@code f/6.3} is
   * 2^(16/6), {@code ISO125} is 100 · 2^(1/3). All other values are exact.
   */
  public static ExposureSettings parse(String settings) {
    return SettingsSyntax.parse(settings, Nominal.THIRD).complete();
  }

  private static Power checked(SettingKind kind, double value) {
    kind.check(kind.word(), value, Double.toString(value));
    return Power.of(value);
  }

  /** Shutter time in seconds. */
  public double seconds() {
    return shutter.number();
  }

  /** The f-number: focal length divided by the diameter of the entrance pupil. */
  public double fNumber() {
    return aperture.number();
  }

  /** ISO arithmetic speed. */
  public double iso() {
    return iso.number();
  }

  /** Optical density of the filter: it passes 10^−density of the light. 0 is no filter. */
  public double density() {
    return density;
  }

  /** Stops of light that the filter takes: density / log10(2). */
  public double densityStops() {
    return density / DENSITY_OF_STOP;
  }

  /** These, with another shutter time in seconds. */
  public ExposureSettings withSeconds(double seconds) {
    return new ExposureSettings(checked(SettingKind.SHUTTER, seconds), aperture, iso, density);
  }

  /** These, with another f-number. */
  public ExposureSettings withFNumber(double fNumber) {
    return new ExposureSettings(shutter, checked(SettingKind.APERTURE, fNumber), iso, density);
  }

  /** These, with another ISO arithmetic speed. */
  public ExposureSettings withIso(double speed) {
    return new ExposureSettings(shutter, aperture, checked(SettingKind.ISO, speed), density);
  }

  /** These, with a filter of another optical density. */
  public ExposureSettings withDensity(double filter) {
    SettingKind.DENSITY.check(SettingKind.DENSITY.word(), filter, Double.toString(filter));
    return new ExposureSettings(shutter, aperture, iso, filter);
  }

  /** These, with the shutter time that exposes {@code light} correctly. */
  public ExposureSettings withSecondsFor(Ev100 light) {
    return withSeconds(seconds() * Scalar.intensity(ev100().stops() - light.stops()));
  }

  /** These, with the f-number that exposes {@code light} correctly. */
  public ExposureSettings withFNumberFor(Ev100 light) {
    return withFNumber(fNumber() * Scalar.intensity((light.stops() - ev100().stops()) / 2));
  }

  /** These, with the ISO arithmetic speed that exposes {@code light} correctly. */
  public ExposureSettings withIsoFor(Ev100 light) {
    return withIso(iso() * Scalar.intensity(ev100().stops() - light.stops()));
  }

  /** These, with the density of the filter that exposes {@code light} correctly. */
  public ExposureSettings withDensityFor(Ev100 light) {
    return withDensity(density + (light.stops() - ev100().stops()) * DENSITY_OF_STOP);
  }

  /** The exposure value: log2(N² / t), whatever the ISO and the filter. */
  public Ev ev() {
    return new Ev(aperture.squared().over(shutter).log2());
  }

  /**
   * The light level that these settings expose correctly: EV − log2(ISO / 100), and the filter's
   * stops more.
   */
  public Ev100 ev100() {
    double withoutFilter =
        aperture.squared().over(shutter).times(Power.of(ISO_BASE)).over(iso).log2();
    return new Ev100(withoutFilter + densityStops());
  }

  /**
   * How many stops brighter a picture of the same light is with these settings than with {@code
   * other}; negative for darker. Twice the time or ISO, or a diameter of the aperture that is √2
   * times as large, is one stop.
   */
  public double stopsAbove(ExposureSettings other) {
    Power ratio =
        shutter
            .over(other.shutter)
            .times(iso.over(other.iso))
            .times(other.aperture.over(aperture).squared());
    return ratio.log2() - (density - other.density) / DENSITY_OF_STOP;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExposureSettings settings
        && shutter.equals(settings.shutter)
        && aperture.equals(settings.aperture)
        && iso.equals(settings.iso)
        && density == settings.density;
  }

  @Override
  public int hashCode() {
    return ((shutter.hashCode() * 31 + aperture.hashCode()) * 31 + iso.hashCode()) * 31
        + Double.hashCode(density);
  }

  /** The settings as {@link #parse} reads them, to six digits. */
  @Override
  public String toString() {
    return Figures.rounded(seconds())
        + "s,f"
        + Figures.rounded(fNumber())
        + ",ISO"
        + Figures.rounded(iso())
        + (density == 0 ? "" : ",nd" + Figures.rounded(density));
  }
}
