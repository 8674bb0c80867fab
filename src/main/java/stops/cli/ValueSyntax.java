package stops.cli;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stops.cli.terminal.UsageException;
import stops.device.DeviceChoice;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.format.RawFormat;
import stops.image.Domain;

/** Parses values of options. Messages of errors begin with the option's name. */
final class ValueSyntax {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmgt]?)i?b?");

  private ValueSyntax() {}

  /** A sample type: {@code f16}, {@code f32}, {@code f64} or their long forms. */
  static SampleType sampleType(String option, String text) throws UsageException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "f16", "float16", "half" -> SampleType.FLOAT16;
      case "f32", "float32", "float" -> SampleType.FLOAT32;
      case "f64", "float64", "double" -> SampleType.FLOAT64;
      default ->
          throw new UsageException(
              String.format(Locale.ROOT, "%s: '%s' is not one of f16, f32, f64", option, text));
    };
  }

  /** Raw samples: a sample type and perhaps a byte order, {@code f32,big}. */
  static RawFormat raw(String option, String text) throws UsageException {
    int comma = text.indexOf(',');
    String order = comma < 0 ? "little" : text.substring(comma + 1).toLowerCase(Locale.ROOT);
    if (!order.equals("little") && !order.equals("big")) {
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s: '%s' is not a byte order; write little or big", option, order));
    }
    return new RawFormat(
        sampleType(option, comma < 0 ? text : text.substring(0, comma)),
        order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** A domain: {@code intensity} or {@code exposure}. */
  static Domain domain(String option, String text) throws UsageException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "intensity" -> Domain.INTENSITY;
      case "exposure" -> Domain.EXPOSURE;
      default ->
          throw new UsageException(
              String.format(
                  Locale.ROOT, "%s: '%s' is neither exposure nor intensity", option, text));
    };
  }

  /** A policy for the exposure of zero: {@code inf}, {@code nan}, {@code floor}, {@code fail}. */
  static ZeroPolicy zero(String option, String text) throws UsageException {
    for (ZeroPolicy policy : ZeroPolicy.values()) {
      if (policy.name().equalsIgnoreCase(text)) {
        return policy;
      }
    }
    throw new UsageException(
        String.format(Locale.ROOT, "%s: '%s' is not one of inf, nan, floor, fail", option, text));
  }

  /** Devices: {@code auto}, {@code cpu}, {@code P:D} and the like. */
  static DeviceChoice devices(String option, String text) throws UsageException {
    try {
      return DeviceChoice.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /** A size in bytes: {@code 512M}, {@code 4GiB}, {@code 65536}. */
  static long bytes(String option, String text) throws UsageException {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      throw new UsageException(
          String.format(Locale.ROOT, "%s: '%s' is not a size such as 512M or 4G", option, text));
    }
    int shift = size.group(2).isEmpty() ? 0 : 10 * (1 + "kmgt".indexOf(size.group(2)));
    return Long.parseLong(size.group(1)) << shift;
  }

  /** A whole number from 1 to {@code most}. */
  static int count(String option, String text, int most) throws UsageException {
    long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    if (number < 1 || number > most) {
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s must be a whole number from 1 to %d, not '%s'", option, most, text));
    }
    return (int) number;
  }
}
