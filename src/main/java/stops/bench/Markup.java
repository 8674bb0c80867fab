package stops.bench;

import java.util.Locale;

/** Formats text and numbers for HTML and SVG. */
final class Markup {
  private Markup() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A coordinate, to a tenth of a unit. */
  static String at(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
