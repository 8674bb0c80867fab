package stops.ev;

/**
 * A setting of a camera. Immutable.
 *
 * @param kind of the setting
 * @param written the value as it was given, without units: {@code 1/250}, {@code 5.6}
 * @param power the value that counts
 * @param nominal whether a marked value was given, which stands for a power of 2
 */
public record Setting(SettingKind kind, String written, Power power, boolean nominal) {

  /** A value as it is. */
  static Setting exact(SettingKind kind, String written, double value) {
    return new Setting(kind, written, Power.of(value), false);
  }

  /** The value that counts: seconds, f-number, ISO arithmetic speed, or density. */
  public double value() {
    return power.number();
  }
}
