package stops.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.drawing.Canvas;
import stops.drawing.Canvas.Anchor;
import stops.stats.ChannelStatistics.Exposures;
import stops.text.OneLine;

/**
 * Draws histograms over an axis in stops, and below it a row for each channel with its percentiles.
 * The colours are those of Okabe and Ito, which colour-blind people tell apart; outlines differ in
 * their dashes too.
 *
 * @param title the heading
 * @param axis the part of all exposures that is drawn
 * @param channels the channels that have exposures
 */
record HistogramDrawing(String title, StopsAxis axis, List<ChannelStatistics> channels) {
  static final double WIDTH = 1040;
  static final double LEFT = 64;
  static final double RIGHT = 1016;
  private static final double TOP = 96;
  private static final double BOTTOM = 420;
  private static final double ROWS = 506;
  private static final double ROW = 40;

  /** Characters that there is room for in the heading, and beside the text of a row. */
  private static final int TITLE = 73;

  private static final int NAME = 43;

  private static final int INK = 0x222222;
  private static final int PALE = 0x6b6b6b;
  private static final int GRID = 0xe4e4e4;
  private static final int BAND = 0xf6f6f4;
  private static final int[] COLOURS = {0xcc79a7, 0xe69f00, 0x56b4e9, 0x8f6b00, 0x7a4fa0, 0x444444};
  private static final double[][] DASHES = {{}, {14, 3}, {5, 2}, {12, 3, 2, 3}};

  /** The drawing; null if no channel has exposures. */
  static @Nullable HistogramDrawing of(String title, List<ChannelStatistics> all) {
    List<ChannelStatistics> channels = all.stream().filter(c -> c.exposures() != null).toList();
    if (channels.isEmpty()) {
      return null;
    }
    List<Exposures> exposures = channels.stream().map(HistogramDrawing::exposures).toList();
    return new HistogramDrawing(title, StopsAxis.of(exposures), channels);
  }

  private static Exposures exposures(ChannelStatistics channel) {
    Exposures exposures = channel.exposures();
    if (exposures == null) {
      throw new IllegalArgumentException(channel.channel() + " has no exposures");
    }
    return exposures;
  }

  double height() {
    return ROWS + ROW * channels.size() + 26;
  }

  void draw(Canvas canvas) {
    canvas.rectangle(0, 0, WIDTH, height(), 0xffffff);
    canvas.text(LEFT, 34, HistogramText.shortened(title, TITLE), 20, Anchor.START, INK);
    canvas.text(
        LEFT,
        56,
        "Share of the samples above zero in each quarter of a stop",
        12.5,
        Anchor.START,
        PALE);
    List<HistogramCurve> curves =
        channels.stream().map(each -> new HistogramCurve(exposures(each), axis)).toList();
    double most = curves.stream().mapToDouble(HistogramCurve::greatestShare).max().orElse(1);
    grid(canvas, most);
    marks(canvas);
    for (int i = 0; i < channels.size(); i++) {
      area(canvas, i, curves.get(i), most);
    }
    for (int i = 0; i < channels.size(); i++) {
      outline(canvas, i, curves.get(i), most);
    }
    for (int i = 0; i < channels.size(); i++) {
      row(canvas, i);
    }
    canvas.text(
        LEFT,
        height() - 12,
        "Line: percentiles 0.1 to 99.9. Ticks: 1 and 99. Bar: 25 to 75. Upright: median. Diamond: geometric mean.",
        11.5,
        Anchor.START,
        PALE);
  }

  private void grid(Canvas canvas, double most) {
    for (int stop = (int) axis.first(); stop < axis.last(); stop++) {
      if (Math.floorMod(stop, 2) == 0) {
        canvas.rectangle(axis.at(stop), TOP, axis.at(stop + 1) - axis.at(stop), BOTTOM - TOP, BAND);
      }
    }
    double step = nice(most / 4);
    for (double share = 0; share <= most * 1.04; share += step) {
      double y = height(share, most);
      canvas.line(new double[] {LEFT, RIGHT}, new double[] {y, y}, share == 0 ? INK : GRID, 1);
      canvas.text(LEFT - 8, y + 4, HistogramText.label(share) + " %", 11.5, Anchor.END, PALE);
    }
    int every = axis.labelStep();
    for (int stop = (int) axis.first(); stop <= axis.last(); stop++) {
      double x = axis.at(stop);
      boolean labelled = Math.floorMod(stop, every) == 0;
      canvas.line(new double[] {x, x}, new double[] {BOTTOM, BOTTOM + (labelled ? 7 : 4)}, INK, 1);
      if (labelled) {
        canvas.text(x, BOTTOM + 21, HistogramText.signed(stop), 12, Anchor.MIDDLE, INK);
        canvas.text(x, BOTTOM + 36, HistogramText.intensity(stop), 10, Anchor.MIDDLE, PALE);
      }
    }
    canvas.text(
        (LEFT + RIGHT) / 2,
        BOTTOM + 55,
        "exposure in stops, and its linear intensity",
        12.5,
        Anchor.MIDDLE,
        INK);
  }

  /** The least of 1, 2 and 5 times a power of ten that is not below {@code step}. */
  private static double nice(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= step) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static double height(double share, double most) {
    return BOTTOM - (BOTTOM - TOP) * share / (most * 1.06);
  }

  private void marks(Canvas canvas) {
    List<String> below = new ArrayList<>();
    List<String> above = new ArrayList<>();
    mark(canvas, StopsAxis.GREY, "middle grey, 0.18", below, above);
    mark(canvas, StopsAxis.HALF_CLIPPING, "clipping of half, 65504", below, above);
    String left = below.isEmpty() ? "" : "\u2190 " + String.join("; ", below);
    String right = above.isEmpty() ? "" : String.join("; ", above) + " \u2192";
    String both = left.isEmpty() || right.isEmpty() ? left + right : left + " \u00b7 " + right;
    if (!both.isEmpty()) {
      canvas.text(RIGHT, 56, both, 11.5, Anchor.END, PALE);
    }
  }

  /** A line with a text above it; of what is not on the axis, the text is added to a list. */
  private void mark(
      Canvas canvas, double stops, String text, List<String> below, List<String> above) {
    if (axis.has(stops)) {
      double x = axis.at(stops);
      canvas.line(new double[] {x, x}, new double[] {TOP - 8, BOTTOM}, PALE, 1.2, 2, 3);
      boolean end = x > RIGHT - 90;
      canvas.text(end ? x + 4 : x, TOP - 13, text, 11.5, end ? Anchor.END : Anchor.MIDDLE, INK);
    } else {
      (stops < axis.first() ? below : above)
          .add(text + " (" + HistogramText.signed(stops, 1) + " stops)");
    }
  }

  private int colour(int index) {
    String name = channels.get(index).channel();
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (last) {
      case "r", "red" -> 0xd55e00;
      case "g", "green" -> 0x009e73;
      case "b", "blue" -> 0x0072b2;
      case "y" -> INK;
      default -> COLOURS[index % COLOURS.length];
    };
  }

  private void area(Canvas canvas, int index, HistogramCurve curve, double most) {
    for (HistogramCurve.Run run : curve.runs()) {
      canvas.polygon(run.x(), heights(run, most), colour(index), channels.size() > 1 ? 0.13 : 0.22);
    }
  }

  private void outline(Canvas canvas, int index, HistogramCurve curve, double most) {
    for (HistogramCurve.Run run : curve.runs()) {
      canvas.line(run.x(), heights(run, most), colour(index), 1.8, DASHES[index % DASHES.length]);
    }
  }

  private static double[] heights(HistogramCurve.Run run, double most) {
    return Arrays.stream(run.shares()).map(share -> height(share, most)).toArray();
  }

  /** The percentiles of a channel, at the same places as in the histogram. */
  private void row(Canvas canvas, int index) {
    ChannelStatistics channel = channels.get(index);
    Exposures exposures = exposures(channel);
    double y = ROWS + ROW * index + 8;
    int colour = colour(index);
    canvas.text(LEFT, y - 11, name(channel), 13, Anchor.START, colour);
    canvas.line(
        new double[] {LEFT - 40, LEFT - 10},
        new double[] {y - 15, y - 15},
        colour,
        1.8,
        DASHES[index % DASHES.length]);
    box(canvas, exposures, y, colour);
    canvas.text(
        RIGHT,
        y - 12,
        String.format(
            Locale.ROOT,
            "geometric mean %s, deviation %.2f, range %.1f stops%s",
            HistogramText.signed(exposures.geometricMeanStops()),
            exposures.standardDeviationStops(),
            exposures.dynamicRangeStops(),
            axis.beyond(exposures)),
        11,
        Anchor.END,
        PALE);
  }

  /** Line, bar, ticks and marks of a row. Percentiles that were not asked for are left out. */
  private void box(Canvas canvas, Exposures exposures, double y, int colour) {
    Map<Double, Double> at = exposures.percentilesStops();
    Double low = at.get(0.1);
    Double high = at.get(99.9);
    if (low != null && high != null) {
      canvas.line(
          new double[] {axis.clamped(low), axis.clamped(high)}, new double[] {y, y}, colour, 2);
    }
    for (double percent : new double[] {0.1, 1, 99, 99.9}) {
      Double tick = at.get(percent);
      if (tick != null) {
        double x = axis.clamped(tick);
        canvas.line(new double[] {x, x}, new double[] {y - 4, y + 4}, colour, 2);
      }
    }
    Double lower = at.get(25.0);
    Double upper = at.get(75.0);
    if (lower != null && upper != null) {
      double from = axis.clamped(lower);
      canvas.rectangle(from, y - 5, Math.max(1, axis.clamped(upper) - from), 10, colour);
    }
    double median = axis.clamped(exposures.medianStops());
    canvas.rectangle(median - 1.5, y - 8, 3, 16, 0xffffff);
    canvas.line(new double[] {median, median}, new double[] {y - 8, y + 8}, INK, 1.6);
    double mean = axis.clamped(exposures.geometricMeanStops());
    canvas.polygon(
        new double[] {mean, mean + 5, mean, mean - 5},
        new double[] {y - 5, y, y + 5, y},
        0xffffff,
        1);
    canvas.line(
        new double[] {mean, mean + 5, mean, mean - 5, mean},
        new double[] {y - 5, y, y + 5, y, y - 5},
        INK,
        1.2);
  }

  private static String name(ChannelStatistics channel) {
    return HistogramText.shortened(
        OneLine.of(
            channel.part().isEmpty()
                ? channel.channel()
                : channel.part() + "/" + channel.channel()),
        NAME);
  }
}
