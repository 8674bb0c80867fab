package stops.format.radiance;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pixels of Radiance files: three mantissas of 8 bits and a common exponent.
 *
 * <p>Decoding is exact: {@code v = m · 2^(e − 136)}, and 0 where e is 0, as OpenImageIO, OpenCV and
 * stb_image have it (Radiance itself adds ½ to m, which would turn black into grey).
 *
 * <p>Encoding rounds to nearest even, with an error of at most 2^-8 of the pixel's largest channel.
 * A decoded pixel is encoded to the same bytes. Negative values and NaN become 0, as does a pixel
 * with all channels under 2^-128. Larger values than 255 · 2^119 become that. All these are
 * counted.
 */
final class Rgbe {
  /** Bytes of a pixel. */
  static final int BYTES = 4;

  private static final int BIAS = 128;
  private static final int MANTISSA_BITS = 8;
  private static final int MAX_FIELD = 255;
  private static final double LARGEST = 255 * 0x1p119;

  private final LongAdder negative = new LongAdder();
  private final LongAdder nan = new LongAdder();
  private final LongAdder large = new LongAdder();
  private final LongAdder small = new LongAdder();

  /** The value of mantissa {@code m} under the exponent {@code e}, each 0 to 255. */
  static double decode(int m, int e) {
    return e == 0 ? 0 : m * power(e - BIAS - MANTISSA_BITS);
  }

  /** Two to the power of an integer from −1022 to 1023. */
  private static double power(int exponent) {
    return Double.longBitsToDouble((exponent + 1023L) << 52);
  }

  /** Encodes a pixel to {@code pixels[at … at + 3]}. Thread-safe. */
  void encode(double red, double green, double blue, byte[] pixels, int at) {
    double r = limit(red);
    double g = limit(green);
    double b = limit(blue);
    double max = Math.max(r, Math.max(g, b));
    int exponent = Math.getExponent(max) + 1;
    if (Math.rint(max * power(MANTISSA_BITS - clampExponent(exponent))) > MAX_FIELD) {
      exponent++;
    }
    int field = exponent + BIAS;
    if (field < 1) {
      small.add(max > 0 ? 1 : 0);
      pixels[at] = 0;
      pixels[at + 1] = 0;
      pixels[at + 2] = 0;
      pixels[at + 3] = 0;
      return;
    }
    double scale = power(MANTISSA_BITS - exponent);
    pixels[at] = (byte) Math.rint(r * scale);
    pixels[at + 1] = (byte) Math.rint(g * scale);
    pixels[at + 2] = (byte) Math.rint(b * scale);
    pixels[at + 3] = (byte) field;
  }

  /** Keeps the power in range for values that become 0 anyway. */
  private static int clampExponent(int exponent) {
    return Math.max(exponent, -BIAS);
  }

  private double limit(double value) {
    if (value >= 0 && value <= LARGEST) {
      return value;
    }
    if (value > LARGEST) {
      large.increment();
      return LARGEST;
    }
    (value < 0 ? negative : nan).increment();
    return 0;
  }

  /** The counts of values that could not be encoded so far, or an empty text. */
  String losses() {
    StringBuilder text = new StringBuilder();
    say(text, negative, "negative samples became 0");
    say(text, nan, "NaN became 0");
    say(text, large, String.format(Locale.ROOT, "samples over the largest became %.8g", LARGEST));
    say(text, small, "pixels under the smallest became 0");
    return text.toString();
  }

  private static void say(StringBuilder text, LongAdder count, String what) {
    if (count.sum() > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(count.sum()).append(' ').append(what);
    }
  }
}
