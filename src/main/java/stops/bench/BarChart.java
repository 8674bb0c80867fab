package stops.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws the throughput of one engine's paths as an SVG bar chart, in GB/s from 0. A line across a
 * bar is the limit of its path.
 */
final class BarChart {
  private static final double WIDTH = 360;
  private static final double ROW = 38;
  private static final double BAR = 14;

  private BarChart() {}

  /**
   * Draws {@code rows}, without those that have no GB/s.
   *
   * @param series number of the colour
   */
  static String of(List<BenchRow> rows, int series) {
    List<BenchRow> shown =
        rows.stream()
            .filter(row -> row.gigabytesPerSecond() != null && row.measure() != Measure.SWEEP)
            .toList();
    double most = 0;
    for (BenchRow row : shown) {
      most =
          Math.max(
              most,
              Math.max(value(row.gigabytesPerSecond()), value(row.limitGigabytesPerSecond())));
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"Throughput in GB/s\">\n",
            Markup.at(WIDTH),
            Markup.at(ROW * shown.size() + 4)));
    double y = 0;
    for (BenchRow row : shown) {
      bar(out, row, y, most, series);
      y += ROW;
    }
    return out.append("</svg>\n").toString();
  }

  private static double value(@Nullable Double number) {
    return number == null ? 0 : number;
  }

  private static void bar(StringBuilder out, BenchRow row, double y, double most, int series) {
    double speed = value(row.gigabytesPerSecond());
    double limit = value(row.limitGigabytesPerSecond());
    double length = WIDTH * speed / most;
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"0\" y=\"%s\">%s</text>",
            Markup.at(y + 14),
            Markup.escape((row.measure() + " " + row.conversion()).strip())));
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"figure\" x=\"%s\" y=\"%s\">%s GB/s%s</text>",
            Markup.at(WIDTH),
            Markup.at(y + 14),
            ReportTable.number(speed),
            row.percentOfLimit() == null
                ? ""
                : String.format(Locale.ROOT, ", %.0f %%", row.percentOfLimit())));
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"track\" x=\"0\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
            Markup.at(y + 19),
            Markup.at(WIDTH),
            Markup.at(BAR)));
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"f%d\" x=\"0\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
            series,
            Markup.at(y + 19),
            Markup.at(length),
            Markup.at(BAR)));
    if (limit > 0) {
      double x = Math.min(WIDTH * limit / most, WIDTH - 1);
      out.append(
          String.format(
              Locale.ROOT,
              "<line class=\"limit\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>",
              Markup.at(x),
              Markup.at(x),
              Markup.at(y + 17),
              Markup.at(y + 21 + BAR)));
    }
    out.append('\n');
  }
}
