package stops.stats;

import java.util.Locale;

/** Numbers and names as they are written in the picture of a histogram. */
final class HistogramText {
  private HistogramText() {}

  /** A share in percent, without the sign for it. */
  static String label(double share) {
    return String.format(Locale.ROOT, share >= 1 || share == 0 ? "%.0f" : "%.2g", share);
  }

  /** A number of stops, of two decimals if it is not whole, with a true minus sign. */
  static String signed(double stops) {
    return signed(stops, stops == Math.rint(stops) ? 0 : 2);
  }

  static String signed(double stops, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", stops + 0.0);
    return stops > 0 ? "+" + text : text.replace('-', '\u2212');
  }

  /** The intensity of whole stops: a fraction below 1. */
  static String intensity(int stop) {
    return stop >= 0
        ? stop < 20 ? Long.toString(1L << stop) : "2^" + stop
        : stop > -20 ? "1/" + (1L << -stop) : "2^\u2212" + -stop;
  }

  /** A text of at most so many characters: of a longer one, the middle is left out. */
  static String shortened(String text, int most) {
    int length = text.codePointCount(0, text.length());
    if (length <= most) {
      return text;
    }
    int kept = (most - 1) / 2;
    return text.substring(0, text.offsetByCodePoints(0, kept))
        + "\u2026"
        + text.substring(text.offsetByCodePoints(0, length - kept));
  }
}
