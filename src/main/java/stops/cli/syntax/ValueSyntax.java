package stops.cli.syntax;

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
import stops.image.Window;

/** Parses values of options. Messages of errors begin with the option's name. */
public final class ValueSyntax {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmgt]?)i?b?");

  private static final Pattern REGION =
      Pattern.compile("([-+]?\\d{1,10}),([-+]?\\d{1,10}),(\\d{1,10}),(\\d{1,10})");

  private ValueSyntax() {}

  /** A sample type: {@code f16}, {@code f32}, {@code f64} or their long forms. */
  public static SampleType sampleType(String option, String text) throws UsageException {
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
  public static RawFormat raw(String option, String text) throws UsageException {
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
  public static Domain domain(String option, String text) throws UsageException {
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
  public static ZeroPolicy zero(String option, String text) throws UsageException {
    for (ZeroPolicy policy : ZeroPolicy.values()) {
      if (policy.name().equalsIgnoreCase(text)) {
        return policy;
      }
    }
    throw new UsageException(
        String.format(Locale.ROOT, "%s: '%s' is not one of inf, nan, floor, fail", option, text));
  }

  /** Devices: {@code auto}, {@code cpu}, {@code P:D} and the like. */
  public static DeviceChoice devices(String option, String text) throws UsageException {
    try {
      return DeviceChoice.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /** A size in bytes: {@code 512M}, {@code 4GiB}, {@code 65536}. */
  public static long bytes(String option, String text) throws UsageException {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      throw new UsageException(
          String.format(Locale.ROOT, "%s: '%s' is not a size such as 512M or 4G", option, text));
    }
    int shift = size.group(2).isEmpty() ? 0 : 10 * (1 + "kmgt".indexOf(size.group(2)));
    return Long.parseLong(size.group(1)) << shift;
  }

  /** A whole number from 1 to {@code most}. */
  public static int count(String option, String text, int most) throws UsageException {
    long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    if (number < 1 || number > most) {
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s must be a whole number from 1 to %d, not '%s'", option, most, text));
    }
    return (int) number;
  }

  /** A rectangle of pixels: column, row, width and height, {@code 0,0,64,32}. */
  public static Window window(String option, String text) throws UsageException {
    Matcher numbers = REGION.matcher(text.replace(" ", ""));
    if (numbers.matches()) {
      long x = Long.parseLong(numbers.group(1));
      long y = Long.parseLong(numbers.group(2));
      long width = Long.parseLong(numbers.group(3));
      long height = Long.parseLong(numbers.group(4));
      if (width >= 1 && height >= 1 && fits(x, width) && fits(y, height)) {
        return new Window((int) x, (int) y, (int) (x + width - 1), (int) (y + height - 1));
      }
    }
    throw new UsageException(
        String.format(
            Locale.ROOT,
            "%s: '%s' is no rectangle; write column, row, width and height, such as 0,0,64,32",
            option,
            text));
  }

  private static boolean fits(long first, long size) {
    return first >= Integer.MIN_VALUE && first + size - 1 <= Integer.MAX_VALUE;
  }
}
