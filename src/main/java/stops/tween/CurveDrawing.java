package stops.tween;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stops.drawing.Canvas;
import stops.drawing.Canvas.Anchor;
import stops.engine.ExactStops;

/**
 * Draws a curve over frames: by how many stops each becomes brighter, with the keys; and where
 * exposures were measured, a second diagram of them before and after. The colours are those of
 * Okabe and Ito, which colour-blind people tell apart.
 *
 * @param title the heading
 * @param points what is done to each frame, one at least, in rising order
 * @param keys the keys that are set
 */
record CurveDrawing(String title, List<CurvePoint> points, List<Key> keys) {
  static final double WIDTH = 1040;
  private static final double LEFT = 64;
  private static final double RIGHT = 1016;
  private static final double TOP = 90;
  private static final double HEIGHT = 250;
  private static final double DISTANCE = 340;
  private static final int INK = 0x222222;
  private static final int PALE = 0x6b6b6b;
  private static final int GRID = 0xe4e4e4;
  private static final int APPLIED = 0x0072b2;
  private static final int BEFORE = 0xe69f00;
  private static final int MOST_DOTS = 240;

  /** A line through the frames that have a value; NaN for those that have none. */
  private record Line(double[] values, int colour, double width) {}

  double height() {
    return TOP + HEIGHT + 60 + (isMeasured() ? DISTANCE : 0);
  }

  private boolean isMeasured() {
    return points.stream().anyMatch(point -> point.measured() != null);
  }

  void draw(Canvas canvas) {
    canvas.rectangle(0, 0, WIDTH, height(), 0xffffff);
    canvas.text(LEFT, 34, title, 20, Anchor.START, INK);
    Line applied =
        new Line(points.stream().mapToDouble(point -> point.stops().high()).toArray(), APPLIED, 2);
    diagram(canvas, TOP, "Stops by which each frame becomes brighter; squares: keys", applied);
    if (isMeasured()) {
      diagram(
          canvas,
          TOP + DISTANCE,
          "Exposure in stops: measured (orange), and after (blue)",
          new Line(values(CurvePoint::measured), BEFORE, 1.2),
          new Line(values(CurvePoint::result), APPLIED, 2));
    }
  }

  private double[] values(Function<CurvePoint, @Nullable ExactStops> value) {
    return points.stream()
        .map(value)
        .mapToDouble(stops -> stops == null ? Double.NaN : stops.high())
        .toArray();
  }

  private void diagram(Canvas canvas, double top, String heading, Line... lines) {
    canvas.text(LEFT, top - 14, heading, 12.5, Anchor.START, PALE);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double value : line.values()) {
        least = Double.isNaN(value) ? least : Math.min(least, value);
        most = Double.isNaN(value) ? most : Math.max(most, value);
      }
    }
    double step = nice((most - least) / 5);
    double from = Math.floor(least / step - 0.2) * step;
    double to = Math.max(from + step, Math.ceil(most / step + 0.2) * step);
    for (long i = 0; i <= Math.round((to - from) / step); i++) {
      double value = from + i * step;
      double y = at(value, from, to, top + HEIGHT, top);
      boolean zero = Math.abs(value) < step / 2;
      canvas.line(new double[] {LEFT, RIGHT}, new double[] {y, y}, zero ? PALE : GRID, 1);
      canvas.text(LEFT - 8, y + 4, label(value, step), 11.5, Anchor.END, PALE);
    }
    frames(canvas, top + HEIGHT);
    for (Line line : lines) {
      draw(canvas, line, from, to, top);
    }
    for (Key key : lines.length == 1 ? keys : List.<Key>of()) {
      double x = x(key.frame());
      double y = at(key.stops().high(), from, to, top + HEIGHT, top);
      if (x >= LEFT && x <= RIGHT && y >= top && y <= top + HEIGHT) {
        canvas.rectangle(x - 4, y - 4, 8, 8, INK);
      }
    }
  }

  private void frames(Canvas canvas, double bottom) {
    long first = points.getFirst().frame();
    long last = points.getLast().frame();
    long step = Math.max(1, (long) nice((last - first) / 10.0));
    for (long frame = Math.ceilDiv(first, step) * step; frame <= last; frame += step) {
      double x = x(frame);
      canvas.line(new double[] {x, x}, new double[] {bottom, bottom + 5}, INK, 1);
      canvas.text(x, bottom + 20, Long.toString(frame), 12, Anchor.MIDDLE, INK);
    }
    canvas.text(RIGHT, bottom + 38, "frame", 12, Anchor.END, PALE);
  }

  private void draw(Canvas canvas, Line line, double from, double to, double top) {
    List<double[]> run = new ArrayList<>();
    for (int i = 0; i <= points.size(); i++) {
      boolean ends = i == points.size() || Double.isNaN(line.values()[i]);
      if (!ends) {
        double y = at(line.values()[i], from, to, top + HEIGHT, top);
        run.add(new double[] {x(points.get(i).frame()), y});
      } else if (!run.isEmpty()) {
        double[] x = run.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = run.stream().mapToDouble(point -> point[1]).toArray();
        canvas.line(x, y, line.colour(), line.width());
        for (int p = 0; points.size() <= MOST_DOTS && p < x.length; p++) {
          canvas.rectangle(x[p] - 1.7, y[p] - 1.7, 3.4, 3.4, line.colour());
        }
        run.clear();
      }
    }
  }

  private double x(long frame) {
    long first = points.getFirst().frame();
    long last = points.getLast().frame();
    return first == last ? (LEFT + RIGHT) / 2 : at(frame, first, last, LEFT, RIGHT);
  }

  private static double at(double value, double from, double to, double low, double high) {
    return low + (high - low) * (value - from) / (to - from);
  }

  /** 1, 2 or 5 times a power of ten, not less than {@code least}. */
  private static double nice(double least) {
    if (!(least > 1e-6)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double digits = least / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  private static String label(double value, double step) {
    int decimals = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 6);
    String text = String.format(Locale.ROOT, "%+." + decimals + "f", value);
    return Math.abs(value) < step / 2 ? "0" : text;
  }
}
