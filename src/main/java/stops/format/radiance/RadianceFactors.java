package stops.format.radiance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The factors by which the samples of each channel of a Radiance file were multiplied: the product
 * of all EXPOSURE lines, which have one number, and COLORCORR lines, which have three.
 *
 * <p>Source: Radiance's src/common/color.h, {@code exposval} and {@code colcorval}. Some programs
 * write 0 for an exposure that they do not know; it counts as 1.
 */
final class RadianceFactors {
  static final List<Double> NONE = List.of(1.0, 1.0, 1.0);

  private static final int CHANNELS = 3;
  private static final Pattern NUMBER =
      Pattern.compile("[+]?([0-9]++\\.?+[0-9]*+|\\.[0-9]++)([eE][-+]?[0-9]++)?");

  private static final Pattern ZERO =
      Pattern.compile("(^|\\s)[+]?(0++\\.?+0*+|\\.0++)([eE]\\S*+)?(\\s|$)");

  private RadianceFactors() {}

  static List<Double> of(InputFile file, List<String> lines) throws ImageException {
    double[] product = {1, 1, 1};
    for (String line : lines) {
      String exposure = RadianceHeader.value(line, "EXPOSURE");
      String correction = RadianceHeader.value(line, "COLORCORR");
      double[] numbers = {1, 1, 1};
      if (exposure != null) {
        Arrays.fill(numbers, numbers(file, "EXPOSURE", exposure, 1)[0]);
      } else if (correction != null) {
        numbers = numbers(file, "COLORCORR", correction, CHANNELS);
      }
      for (int c = 0; c < CHANNELS; c++) {
        product[c] *= numbers[c];
      }
    }
    List<Double> factors = new ArrayList<>();
    for (double factor : product) {
      if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "has EXPOSURE or COLORCORR lines whose product is %s; correct its header",
                factor));
      }
      factors.add(factor);
    }
    return List.copyOf(factors);
  }

  /** Whether any factor of these lines is 0, which counts as 1. */
  static boolean haveZero(List<String> lines) {
    return lines.stream()
        .flatMap(line ->
            Stream.of("EXPOSURE", "COLORCORR").map(name -> RadianceHeader.value(line, name)))
        .anyMatch(value -> value != null && ZERO.matcher(value).find());
  }

  /** The first {@code count} numbers of a value. The rest of it is ignored. */
  private static double[] numbers(InputFile file, String name, String value, int count)
      throws ImageException {
    String[] words = value.split("\\s+", count + 1);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      Matcher number = NUMBER.matcher(i < words.length ? words[i] : "");
      if (!number.matches()) {
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "has a line %s that is not %s; correct its header",
                name,
                count == 1 ? "a number over 0" : count + " numbers over 0"));
      }
      double parsed = Double.parseDouble(number.group());
      numbers[i] = parsed == 0 ? 1 : parsed;
    }
    return numbers;
  }
}
