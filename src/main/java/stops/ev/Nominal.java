package stops.ev;

import org.jspecify.annotations.Nullable;

/** How marked values of shutter, aperture and ISO are read. */
public enum Nominal {
  /** As the powers of 2 that they mean on a scale of third stops: f/6.3 is 2^(16/6). */
  THIRD,

  /** As the powers of 2 that they mean on a scale of half stops: f/6.7 is 2^(11/4). */
  HALF,

  /** As the numbers that they say. */
  EXACT;

  /** The marked value that {@code number} is on this scale, or null. */
  @Nullable MarkedValue find(SettingKind kind, double number) {
    return this == EXACT || kind == SettingKind.DENSITY
        ? null
        : MarkedScale.of(kind, this == THIRD).find(number);
  }
}
