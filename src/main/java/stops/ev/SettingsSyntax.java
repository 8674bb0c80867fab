package stops.ev;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings as people write them: {@code 1/240,f8,ISO100} or {@code 2s, f/2.8, iso 400,
 * nd0.9}. In a list, a number alone is what its place says: shutter, aperture, ISO, density.
 *
 * <p>Messages of errors are one line, and name the setting. Digits are those of ASCII, the decimal
 * sign is a point, whatever the locale.
 */
public final class SettingsSyntax {
  private static final String NUMBER = "((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)";
  private static final Pattern FRACTION = Pattern.compile(NUMBER + "(?: ?/ ?" + NUMBER + ")?");
  private static final Pattern TENTHS = Pattern.compile("([0-9]+)[\"″]([0-9]*)");
  private static final Pattern ANGLE =
      Pattern.compile(NUMBER + "°? ?@ ?" + NUMBER + "(?:/" + NUMBER + ")?(?: ?fps)?");
  private static final Pattern SECONDS = Pattern.compile("(.*[0-9.\"″]) ?(?:s|sec|seconds?)");
  private static final Pattern MINUTES = Pattern.compile("(.*[0-9.]) ?(?:m|min|minutes?)");
  private static final Pattern PREFIXED =
      Pattern.compile("(iso|nd|[fƒt])([ :=/]*)(?=[0-9.+-]|nan|inf)(.*)");
  private static final int SECONDS_OF_MINUTE = 60;
  private static final double DEGREES = 360;
  private static final SettingKind[] PLACES = SettingKind.values();

  private SettingsSyntax() {}

  /**
   * Reads a list of settings with commas between them, of which some may be missing.
   *
   * @throws IllegalArgumentException if it cannot be read, or a value is zero, negative or not a
   *     number
   */
  public static GivenSettings parse(String text, Nominal nominal) {
    GivenSettings settings = GivenSettings.NONE;
    String[] parts = text.split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.isEmpty()) {
        throw new IllegalArgumentException(
            "\"" + text + "\" has an empty setting; write settings such as 1/240,f8,ISO100");
      }
      SettingKind kind = kind(part);
      if (kind == null) {
        if (i >= PLACES.length) {
          throw new IllegalArgumentException(
              "\"" + text + "\" has more than a shutter time, an aperture, an ISO and a density");
        }
        kind = PLACES[i];
      }
      Setting before = settings.of(kind);
      if (before != null) {
        throw new IllegalArgumentException(
            String.join(
                "",
                "\"",
                text,
                "\" has the ",
                kind.word(),
                " twice, ",
                before.written(),
                " and ",
                part,
                "; name the others (1/240,f8,ISO100), and write decimals with a point"));
      }
      settings = settings.with(setting(kind, kind.word(), part, nominal));
    }
    return settings;
  }

  /** Whether every part of a text has the form of a setting, whatever its value. */
  public static boolean isMeant(String text) {
    for (String part : text.split(",", -1)) {
      if (!isSetting(part.strip())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSetting(String part) {
    SettingKind kind = kind(part);
    return !Double.isNaN(number(kind == null ? SettingKind.ISO : kind, bare(part)));
  }

  /**
   * Reads one setting.
   *
   * @param name what messages call it: an option, perhaps
   * @throws IllegalArgumentException if it cannot be read, or its value is zero, negative or not a
   *     number
   */
  public static Setting setting(SettingKind kind, String name, String text, Nominal nominal) {
    String part = text.strip();
    SettingKind said = kind(part);
    boolean fits = said == null || said == kind;
    double value = fits ? number(kind, bare(part)) : Double.NaN;
    if (Double.isNaN(value)) {
      String point = part.replace(',', '.');
      boolean comma = part.indexOf(',') >= 0 && !Double.isNaN(number(kind, bare(point)));
      throw new IllegalArgumentException(
          name
              + " is \""
              + text
              + "\", not "
              + kind.noun()
              + "; "
              + (comma ? "it has a decimal comma: write " + point : kind.advice()));
    }
    kind.check(name, value, part);
    MarkedValue marked = nominal.find(kind, value);
    String written = written(kind, bare(part), value);
    return marked == null
        ? Setting.exact(kind, written, value)
        : new Setting(kind, written, marked.meant(), true);
  }

  /** A fraction stays one; all else is the number in its shortest form. */
  private static String written(SettingKind kind, String bare, double value) {
    return kind == SettingKind.SHUTTER && FRACTION.matcher(bare).matches() && bare.contains("/")
        ? bare.replace(" ", "")
        : Figures.plain(value);
  }

  /** The kind that a setting says itself, or null. */
  private static @Nullable SettingKind kind(String part) {
    Matcher prefixed = PREFIXED.matcher(part.toLowerCase(Locale.ROOT));
    if (prefixed.matches()) {
      return switch (prefixed.group(1)) {
        case "iso" -> SettingKind.ISO;
        case "nd" -> SettingKind.DENSITY;
        default -> SettingKind.APERTURE;
      };
    }
    String bare = bare(part);
    boolean shutter =
        bare.indexOf('/') >= 0
            || bare.indexOf('@') >= 0
            || bare.indexOf('"') >= 0
            || SECONDS.matcher(part.toLowerCase(Locale.ROOT)).matches()
            || MINUTES.matcher(part.toLowerCase(Locale.ROOT)).matches();
    return shutter ? SettingKind.SHUTTER : null;
  }

  /** A setting in lower case without its prefix, or without its unit of seconds. */
  private static String bare(String part) {
    String lower = part.toLowerCase(Locale.ROOT).replace('″', '"');
    Matcher prefixed = PREFIXED.matcher(lower);
    if (prefixed.matches()) {
      return prefixed.group(3);
    }
    Matcher seconds = SECONDS.matcher(lower);
    return seconds.matches() ? seconds.group(1) : lower;
  }

  /** The value of a setting, also one out of range; NaN where it has not the form of one. */
  private static double number(SettingKind kind, String bare) {
    boolean negative = bare.startsWith("-");
    String text = negative || bare.startsWith("+") ? bare.substring(1) : bare;
    double value = unsigned(kind, text);
    return negative ? -value : value;
  }

  private static double unsigned(SettingKind kind, String text) {
    Matcher fraction = FRACTION.matcher(text);
    if (fraction.matches() && (kind == SettingKind.SHUTTER || fraction.group(2) == null)) {
      return quotient(fraction.group(1), fraction.group(2));
    }
    if (kind != SettingKind.SHUTTER) {
      return Double.NaN;
    }
    Matcher tenths = TENTHS.matcher(text);
    if (tenths.matches()) {
      return Double.parseDouble(tenths.group(1) + "." + tenths.group(2) + "0");
    }
    if (text.endsWith("\"")) {
      return unsigned(kind, text.substring(0, text.length() - 1));
    }
    Matcher minutes = MINUTES.matcher(text);
    if (minutes.matches()) {
      return SECONDS_OF_MINUTE * unsigned(kind, minutes.group(1));
    }
    Matcher angle = ANGLE.matcher(text);
    if (angle.matches()) {
      double degrees = Double.parseDouble(angle.group(1));
      double seconds = degrees / DEGREES / quotient(angle.group(2), angle.group(3));
      return degrees <= DEGREES ? seconds : Double.NaN;
    }
    return Double.NaN;
  }

  private static double quotient(String numerator, @Nullable String denominator) {
    double number = Double.parseDouble(numerator);
    return denominator == null ? number : number / Double.parseDouble(denominator);
  }
}
