package stops.ev;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.math.Scalar;
import stops.text.OneLine;

/**
 * The exposure settings in the metadata of a picture, exactly as they are there.
 *
 * <p>Each has several names, of which the first that is there counts:
 *
 * <ul>
 *   <li>shutter: {@code expTime}, {@code ExposureTime}, {@code shutterAngle} with {@code
 *       captureRate}, {@code ShutterSpeedValue} (APEX)
 *   <li>aperture: {@code aperture}, {@code FNumber}, {@code tStop}, {@code ApertureValue} (APEX)
 *   <li>ISO: {@code isoSpeed}, {@code PhotographicSensitivity}, {@code ISOSpeedRatings}, {@code
 *       ISO}
 * </ul>
 *
 * <p>Upper and lower case, and underscores, are the same; a name may have others before it, as in
 * {@code Exif:FNumber} or {@code exif/FNumber}. Where two attributes have one name, the one without
 * others before it counts, else the first.
 *
 * @param settings the settings, all of them
 * @param shutterName the attribute that has the shutter time
 * @param apertureName the attribute that has the f-number
 * @param isoName the attribute that has the speed
 */
public record ExposureMetadata(
    GivenSettings settings, String shutterName, String apertureName, String isoName) {
  private static final List<String> SHUTTER =
      List.of("expTime", "ExposureTime", "shutterAngle", "ShutterSpeedValue");
  private static final List<String> APERTURE =
      List.of("aperture", "FNumber", "tStop", "ApertureValue");
  private static final List<String> ISO =
      List.of("isoSpeed", "PhotographicSensitivity", "ISOSpeedRatings", "ISO");
  private static final String RATE = "captureRate";
  private static final String ANGLE = "shutterAngle";
  private static final double DEGREES = 360;
  private static final int LONGEST_SHOWN = 40;

  private static final Pattern NUMBER =
      Pattern.compile(
          "([+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?|NaN|Infinity))"
              + "(?: ?/ ?([0-9]+))?");

  /** A rational of an EXR file, as {@code stops info} shows it. */
  private static final Pattern RATIONAL = Pattern.compile("(-?[0-9]+) ([0-9]+)");

  /** The settings of the first part of a file that has one of the names. */
  public static ExposureMetadata of(String file, ImageInfo info) throws MissingSettings {
    for (Part part : info.parts()) {
      if (find(part, SHUTTER) != null || find(part, APERTURE) != null || find(part, ISO) != null) {
        return of(file, part);
      }
    }
    return of(file, info.parts().getFirst());
  }

  /**
   * The settings of a part.
   *
   * @param file the file's name, for messages
   * @throws MissingSettings if one is missing, or zero, negative or not a number. The message names
   *     the attribute
   */
  public static ExposureMetadata of(String file, Part part) throws MissingSettings {
    Named shutter = named(file, part, SettingKind.SHUTTER, SHUTTER);
    Named aperture = named(file, part, SettingKind.APERTURE, APERTURE);
    Named iso = named(file, part, SettingKind.ISO, ISO);
    return new ExposureMetadata(
        GivenSettings.NONE.with(shutter.setting).with(aperture.setting).with(iso.setting),
        shutter.name,
        aperture.name,
        iso.name);
  }

  private record Named(String name, Setting setting) {}

  private static Named named(String file, Part part, SettingKind kind, List<String> names)
      throws MissingSettings {
    for (String name : names) {
      String attribute = find(part, List.of(name));
      if (attribute == null) {
        continue;
      }
      try {
        return new Named(attribute, setting(part, kind, name, attribute));
      } catch (IllegalArgumentException e) {
        throw new MissingSettings(file + ": " + e.getMessage());
      }
    }
    throw new MissingSettings(
        file
            + ": the "
            + kind.word()
            + " is missing: there is no attribute "
            + String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.getLast());
  }

  private static Setting setting(Part part, SettingKind kind, String name, String attribute) {
    String text = text(part, attribute);
    return switch (name) {
      case "ShutterSpeedValue" ->
          exact(kind, attribute, Scalar.intensity(-number(attribute, text)), text);
      case "ApertureValue" ->
          exact(kind, attribute, Scalar.intensity(number(attribute, text) / 2), text);
      case ANGLE -> {
        String rate = find(part, List.of(RATE));
        if (rate == null) {
          throw new IllegalArgumentException(
              attribute + " says no time without the attribute " + RATE);
        }
        double degrees = number(attribute, text);
        double fps = number(rate, text(part, rate));
        if (!(degrees > 0 && degrees <= DEGREES)) {
          throw new IllegalArgumentException(
              attribute + " is " + shown(text) + ", not an angle above 0 and up to 360");
        }
        if (!(fps > 0)) {
          throw new IllegalArgumentException(
              rate + " is " + shown(text(part, rate)) + ", not a number above 0");
        }
        yield exact(kind, attribute, degrees / DEGREES / fps, text);
      }
      default -> exact(kind, attribute, quotient(kind, attribute, text), text);
    };
  }

  private static Setting exact(SettingKind kind, String attribute, double value, String text) {
    kind.check(attribute, value, shown(text));
    return Setting.exact(kind, Figures.rounded(value), value);
  }

  /** A number, a quotient such as 14/5, or a value with a unit, such as 1/250 s or f/8. */
  private static double quotient(SettingKind kind, String attribute, String text) {
    if (NUMBER.matcher(text).matches()) {
      return number(attribute, text);
    }
    try {
      return SettingsSyntax.setting(kind, attribute, text, Nominal.EXACT).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(attribute + " is " + shown(text) + ", not " + kind.noun());
    }
  }

  /** The value of an attribute, with a rational as a quotient. */
  private static String text(Part part, String attribute) {
    String text = Objects.requireNonNull(part.attributes().get(attribute)).strip();
    Matcher rational = RATIONAL.matcher(text);
    return rational.matches() ? rational.group(1) + "/" + rational.group(2) : text;
  }

  private static double number(String attribute, String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new IllegalArgumentException(attribute + " is " + shown(text) + ", not a number");
    }
    double value = Double.parseDouble(number.group(1));
    return number.group(2) == null ? value : value / Double.parseDouble(number.group(2));
  }

  private static String shown(String text) {
    return OneLine.of(text, LONGEST_SHOWN);
  }

  /** The attribute that has the first of {@code names}, or null. */
  private static @Nullable String find(Part part, List<String> names) {
    for (String name : names) {
      if (part.attributes().containsKey(name)) {
        return name;
      }
      for (Map.Entry<String, String> attribute : part.attributes().entrySet()) {
        if (bare(attribute.getKey()).equals(name.toLowerCase(Locale.ROOT))) {
          return attribute.getKey();
        }
      }
    }
    return null;
  }

  /** A name without those before it, in lower case. */
  private static String bare(String name) {
    int start =
        Math.max(name.lastIndexOf(':'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')));
    return name.substring(start + 1).replace("_", "").toLowerCase(Locale.ROOT);
  }
}
