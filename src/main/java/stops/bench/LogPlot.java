package stops.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An SVG plot with logarithmic axes: lines and points in the colours of their series. */
final class LogPlot {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 270;
  private static final double LEFT = 46;
  private static final double RIGHT = 350;
  private static final double TOP = 12;
  private static final double BOTTOM = 222;

  /** Distance between the points of two series at the same place, in units of the picture. */
  private static final double POINT_STEP = 10;

  private final String xLabel;
  private final String yLabel;
  private final List<Curve> curves = new ArrayList<>();

  /** A line, or a single point. */
  private record Curve(String label, int series, boolean line, boolean dashed, double[][] points) {}

  LogPlot(String xLabel, String yLabel) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /** A line through points {@code {x, y}}, all above 0. */
  LogPlot line(String label, int series, boolean dashed, List<double[]> points) {
    curves.add(new Curve(label, series, true, dashed, points.toArray(double[][]::new)));
    return this;
  }

  /** A point; {@code label} appears where the pointer rests on it. */
  LogPlot point(String label, int series, double x, double y) {
    curves.add(new Curve(label, series, false, false, new double[][] {{x, y}}));
    return this;
  }

  boolean isEmpty() {
    return curves.stream().allMatch(curve -> curve.points().length == 0);
  }

  String svg() {
    double[] x = range(0, 2);
    double[] y = range(1, 10);
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s against %s\">\n",
            Markup.at(WIDTH),
            Markup.at(HEIGHT),
            Markup.escape(yLabel),
            Markup.escape(xLabel)));
    for (double tick = y[0]; tick <= y[1] * 1.001; tick *= 10) {
      double at = vertical(tick, y);
      out.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/><text class=\"figure\" x=\"%s\" y=\"%s\">%s</text>\n",
              Markup.at(LEFT),
              Markup.at(RIGHT),
              Markup.at(at),
              Markup.at(at),
              Markup.at(LEFT - 4),
              Markup.at(at + 4),
              tickText(tick)));
    }
    double step = Math.pow(2, Math.max(1, Math.ceil(Math.log(x[1] / x[0]) / Math.log(2) / 6)));
    for (double tick = x[0]; tick <= x[1] * 1.001; tick *= step) {
      double at = horizontal(tick, x);
      out.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/><text class=\"middle\" x=\"%s\" y=\"%s\">%s</text>\n",
              Markup.at(at),
              Markup.at(at),
              Markup.at(TOP),
              Markup.at(BOTTOM),
              Markup.at(at),
              Markup.at(BOTTOM + 16),
              tickText(tick)));
    }
    for (Curve curve : curves) {
      draw(out, curve, x, y);
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"middle\" x=\"%s\" y=\"%s\">%s</text>\n",
            Markup.at((LEFT + RIGHT) / 2),
            Markup.at(BOTTOM + 36),
            Markup.escape(xLabel)));
    return out.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder out, Curve curve, double[] x, double[] y) {
    if (curve.line()) {
      StringBuilder points = new StringBuilder();
      for (double[] point : curve.points()) {
        points
            .append(Markup.at(horizontal(point[0], x)))
            .append(',')
            .append(Markup.at(vertical(point[1], y)))
            .append(' ');
      }
      out.append(
          String.format(
              Locale.ROOT,
              "<polyline class=\"s%d%s\" points=\"%s\"><title>%s</title></polyline>\n",
              curve.series(),
              curve.dashed() ? " dashed" : "",
              points.toString().strip(),
              Markup.escape(curve.label())));
      return;
    }
    double[] point = curve.points()[0];
    out.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"f%d\" cx=\"%s\" cy=\"%s\" r=\"4.5\"><title>%s</title></circle>\n",
            curve.series(),
            Markup.at(horizontal(point[0], x) + POINT_STEP * (curve.series() - 1)),
            Markup.at(vertical(point[1], y)),
            Markup.escape(curve.label())));
  }

  private static double horizontal(double value, double[] range) {
    return LEFT + (RIGHT - LEFT) * Math.log(value / range[0]) / Math.log(range[1] / range[0]);
  }

  private static double vertical(double value, double[] range) {
    return BOTTOM - (BOTTOM - TOP) * Math.log(value / range[0]) / Math.log(range[1] / range[0]);
  }

  /** Powers of {@code base} around all values of {@code axis}. */
  private double[] range(int axis, double base) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Curve curve : curves) {
      for (double[] point : curve.points()) {
        least = Math.min(least, point[axis]);
        most = Math.max(most, point[axis]);
      }
    }
    double from = Math.pow(base, Math.floor(Math.log(least) / Math.log(base) + 1e-9));
    double to = Math.pow(base, Math.ceil(Math.log(most) / Math.log(base) - 1e-9));
    return new double[] {from, to > from ? to : from * base};
  }

  private static String tickText(double value) {
    String[] prefixes = {"", "k", "M", "G"};
    double scaled = value;
    int prefix = 0;
    while (scaled >= 1000 && prefix < prefixes.length - 1) {
      scaled /= 1024;
      prefix++;
    }
    String digits = scaled >= 1 ? Long.toString(Math.round(scaled)) : Double.toString(scaled);
    return (digits.length() > 6 ? String.format(Locale.ROOT, "%.0e", scaled) : digits)
        + prefixes[prefix];
  }
}
