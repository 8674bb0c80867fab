package stops.ev;

import org.jspecify.annotations.Nullable;

/**
 * The value of one setting that exposes a light level correctly with the others. Immutable.
 *
 * @param kind the setting that was unknown
 * @param light the light level that is exposed correctly
 * @param exact all settings, with its exact value
 * @param value the exact value: seconds, f-number, ISO arithmetic speed, or density
 * @param third the nearest value in third stops, or null where none is within a stop
 * @param half the nearest value in half stops, or null where none is within a stop
 */
public record Solution(
    SettingKind kind,
    Ev100 light,
    ExposureSettings exact,
    double value,
    @Nullable Nearest third,
    @Nullable Nearest half) {
  /** Filters are marked with a density of 0.1 for a third stop, 0.15 for a half. */
  private static final double DENSITY_OF_THIRD = 0.1;

  private static final double DENSITY_OF_HALF = 0.15;
  private static final double HUNDREDTHS = 100;

  /**
   * A value that a camera, lens or filter is marked with.
   *
   * @param marked the mark
   * @param value what it means
   * @param stops how many stops brighter the picture is than with the exact value
   */
  public record Nearest(String marked, double value, double stops) {}

  /**
   * Finds the setting of {@code kind}.
   *
   * @param others the other settings; one of {@code kind} is not looked at
   * @throws IllegalArgumentException if another setting is missing, or there is no such value. The
   *     message says which
   */
  public static Solution of(GivenSettings others, SettingKind kind, Ev100 light) {
    ExposureSettings start =
        others.with(Setting.exact(kind, "?", kind == SettingKind.DENSITY ? 0 : 1)).complete();
    ExposureSettings exact =
        switch (kind) {
          case SHUTTER -> start.withSecondsFor(light);
          case APERTURE -> start.withFNumberFor(light);
          case ISO -> start.withIsoFor(light);
          case DENSITY -> start.withDensityFor(light);
        };
    double value =
        switch (kind) {
          case SHUTTER -> exact.seconds();
          case APERTURE -> exact.fNumber();
          case ISO -> exact.iso();
          case DENSITY -> exact.density();
        };
    return new Solution(
        kind,
        light,
        exact,
        value,
        nearest(exact, kind, value, true),
        nearest(exact, kind, value, false));
  }

  private static @Nullable Nearest nearest(
      ExposureSettings exact, SettingKind kind, double value, boolean third) {
    if (kind == SettingKind.DENSITY) {
      double step = third ? DENSITY_OF_THIRD : DENSITY_OF_HALF;
      double marked = Math.rint(Math.rint(value / step) * step * HUNDREDTHS) / HUNDREDTHS;
      return marked >= SettingKind.DENSITY_LIMIT
          ? null
          : new Nearest(Figures.plain(marked), marked, exact.withDensity(marked).stopsAbove(exact));
    }
    MarkedValue mark = MarkedScale.of(kind, third).nearest(value);
    return mark == null
        ? null
        : new Nearest(
            mark.label(),
            mark.meant().number(),
            kind.stopsOfDouble() * mark.meant().over(Power.of(value)).log2());
  }
}
