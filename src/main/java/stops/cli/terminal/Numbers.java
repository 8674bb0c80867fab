package stops.cli.terminal;

import java.util.Locale;

/** Numbers for people. */
public final class Numbers {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T"};

  private Numbers() {}

  /** {@code 1,234,567}. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Three digits and an SI prefix: {@code 1.23 G}. */
  public static String prefixed(double number) {
    int prefix = 0;
    double scaled = number;
    while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    String digits = scaled < 9.995 ? "%.2f" : scaled < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, scaled) + (prefix == 0 ? "" : " " + PREFIXES[prefix]);
  }

  /** Seconds, or milliseconds below one second. */
  public static String seconds(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", seconds * 1000)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }

  /** Bytes in binary units: {@code 2.00 GiB}. */
  public static String bytes(long bytes) {
    double scaled = bytes;
    int unit = 0;
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    while (scaled >= 1023.5 && unit < units.length - 1) {
      scaled /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, scaled < 99.95 ? "%.1f %s" : "%.0f %s", scaled, units[unit]);
  }
}
