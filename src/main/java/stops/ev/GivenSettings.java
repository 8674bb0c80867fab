package stops.ev;

import org.jspecify.annotations.Nullable;

/**
 * Settings of which some may be missing. Immutable.
 *
 * @param shutter the time, or null
 * @param aperture the f-number, or null
 * @param iso the speed, or null
 * @param density the density of a filter, or null, which is as good as 0
 */
public record GivenSettings(
    @Nullable Setting shutter,
    @Nullable Setting aperture,
    @Nullable Setting iso,
    @Nullable Setting density) {

  /** No setting at all. */
  public static final GivenSettings NONE = new GivenSettings(null, null, null, null);

  /** The setting of a kind, or null. */
  public @Nullable Setting of(SettingKind kind) {
    return switch (kind) {
      case SHUTTER -> shutter;
      case APERTURE -> aperture;
      case ISO -> iso;
      case DENSITY -> density;
    };
  }

  /** These, with {@code setting} in the place of the one of its kind. */
  public GivenSettings with(Setting setting) {
    return switch (setting.kind()) {
      case SHUTTER -> new GivenSettings(setting, aperture, iso, density);
      case APERTURE -> new GivenSettings(shutter, setting, iso, density);
      case ISO -> new GivenSettings(shutter, aperture, setting, density);
      case DENSITY -> new GivenSettings(shutter, aperture, iso, setting);
    };
  }

  /**
   * The settings, none of which may be missing but a density.
   *
   * @throws IllegalArgumentException if one is. The message names it
   */
  public ExposureSettings complete() {
    return new ExposureSettings(
        required(SettingKind.SHUTTER),
        required(SettingKind.APERTURE),
        required(SettingKind.ISO),
        densityValue());
  }

  private Power required(SettingKind kind) {
    Setting setting = of(kind);
    if (setting == null) {
      throw new IllegalArgumentException(
          "the " + kind.word() + " is missing; write all three, such as 1/240,f8,ISO100");
    }
    return setting.power();
  }

  private double densityValue() {
    return density == null ? 0 : density.value();
  }

  /**
   * How many stops more light these settings let into a picture than {@code other} do; negative for
   * less. A setting that both lack is taken to be the same.
   *
   * @throws IllegalArgumentException if one has a setting that the other lacks. The message names
   *     it
   */
  public double stopsAbove(GivenSettings other) {
    return new ExposureSettings(
            shared(SettingKind.SHUTTER, other),
            shared(SettingKind.APERTURE, other),
            shared(SettingKind.ISO, other),
            densityValue())
        .stopsAbove(
            new ExposureSettings(
                other.shared(SettingKind.SHUTTER, this),
                other.shared(SettingKind.APERTURE, this),
                other.shared(SettingKind.ISO, this),
                other.densityValue()));
  }

  private Power shared(SettingKind kind, GivenSettings other) {
    Setting mine = of(kind);
    if ((mine == null) != (other.of(kind) == null)) {
      throw new IllegalArgumentException(
          "only one of the settings has the " + kind.word() + "; give it for both or for none");
    }
    return mine == null ? Power.ONE : mine.power();
  }
}
