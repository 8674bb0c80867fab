package stops.drawing;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws an SVG picture. */
public final class SvgCanvas implements Canvas {
  private final StringBuilder out = new StringBuilder();

  /** An empty picture of that size. */
  public SvgCanvas(double width, double height, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\""
                + " viewBox=\"0 0 %1$s %2$s\" role=\"img\" font-family=\"sans-serif\">\n"
                + "<title>%3$s</title>\n",
            at(width),
            at(height),
            escaped(title)));
  }

  /** The picture. */
  public String svg() {
    return out + "</svg>\n";
  }

  @Override
  public void polygon(double[] x, double[] y, int rgb, double opacity) {
    out.append(
        String.format(
            Locale.ROOT,
            "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>\n",
            points(x, y),
            colour(rgb),
            at(opacity)));
  }

  @Override
  public void line(double[] x, double[] y, int rgb, double width, double... dashes) {
    String dashed =
        dashes.length == 0
            ? ""
            : " stroke-dasharray=\""
                + DoubleStream.of(dashes).mapToObj(SvgCanvas::at).collect(Collectors.joining(" "))
                + "\"";
    out.append(
        String.format(
            Locale.ROOT,
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s"
                + " stroke-linejoin=\"round\"/>\n",
            points(x, y),
            colour(rgb),
            at(width),
            dashed));
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, int rgb) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
            at(x),
            at(y),
            at(size),
            anchor.name().toLowerCase(Locale.ROOT),
            colour(rgb),
            escaped(text)));
  }

  private static String points(double[] x, double[] y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(i == 0 ? "" : " ").append(at(x[i])).append(',').append(at(y[i]));
    }
    return points.toString();
  }

  private static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  private static String at(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** Text for XML. Characters that XML does not have become U+FFFD. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            default ->
                escaped.appendCodePoint(
                    c < ' ' || c >= 0xd800 && c < 0xe000 || (c & 0xfffe) == 0xfffe ? 0xfffd : c);
          }
        });
    return escaped.toString();
  }
}
