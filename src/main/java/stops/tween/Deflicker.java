package stops.tween;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;

/**
 * Takes flicker out: brings each frame from its measured exposure to a smooth curve through all of
 * them, and adds the stops of the keys. Frames that have a key become brighter by exactly what it
 * says: what flickers at them is left, and between them it fades evenly into the smooth curve.
 *
 * @param window number of frames that the smooth curve looks at
 * @param curve the curve through the keys; null if there are none
 */
public record Deflicker(int window, @Nullable Curve curve) {

  /**
   * What is done to each frame.
   *
   * @param numbers the frames, in any order
   * @param measured the exposures of frames, in any order; those that are absent or null are
   *     interpolated
   * @throws IllegalArgumentException if less than three are measured; the message is one line
   */
  public List<CurvePoint> points(List<Integer> numbers, List<Measured> measured) {
    Map<Integer, ExactStops> known = new HashMap<>();
    for (Measured each : measured) {
      if (each.stops() != null) {
        known.put(each.frame(), each.stops());
      }
    }
    List<Integer> frames = numbers.stream().sorted().toList();
    List<Integer> places = frames.stream().filter(known::containsKey).toList();
    if (places.size() < 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d of %d frames can be measured, and a smooth curve takes three",
              places.size(),
              frames.size()));
    }
    double[] x = places.stream().mapToDouble(frame -> frame).toArray();
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = stops(known, places.get(i)).high();
    }
    Line exposure = new Line(x, y);
    Line smooth = new Line(x, LocalFit.smooth(x, y, window));
    Line left = left(exposure, smooth);
    Map<Integer, CurvePoint> points = new HashMap<>();
    for (int frame : frames) {
      ExactStops before =
          known.containsKey(frame) ? stops(known, frame) : rounded(exposure.at(frame));
      ExactStops keyed = curve == null ? ExactStops.ZERO : curve.at(frame);
      ExactStops flicker =
          isKey(frame)
              ? ExactStops.ZERO
              : rounded(smooth.at(frame) + left.at(frame)).plus(before.negate());
      ExactStops stops = keyed.plus(flicker);
      points.put(
          frame,
          new CurvePoint(frame, isKey(frame) ? stops : stops.rounded(Curve.DECIMALS), before));
    }
    List<CurvePoint> inOrder = new ArrayList<>();
    numbers.forEach(frame -> inOrder.add(points.get(frame)));
    return inOrder;
  }

  private boolean isKey(int frame) {
    return curve != null && curve.keys().stream().anyMatch(key -> key.frame() == frame);
  }

  /**
   * By how many stops frames with keys are off the smooth curve, and a line from one to the next.
   */
  private Line left(Line exposure, Line smooth) {
    if (curve == null) {
      return new Line(new double[] {0}, new double[] {0});
    }
    double[] x = curve.keys().stream().mapToDouble(Key::frame).toArray();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = exposure.at(x[i]) - smooth.at(x[i]);
    }
    return new Line(x, y);
  }

  private static ExactStops stops(Map<Integer, ExactStops> known, int frame) {
    ExactStops stops = known.get(frame);
    if (stops == null) {
      throw new IllegalStateException("frame " + frame + " is not measured");
    }
    return stops;
  }

  private static ExactStops rounded(double stops) {
    return ExactStops.of(new BigDecimal(stops)).rounded(Curve.DECIMALS);
  }

  /** Straight from point to point; outside, the nearest one holds. */
  private record Line(double[] x, double[] y) {
    double at(double place) {
      int next = Arrays.binarySearch(x, place);
      if (next >= 0) {
        return y[next];
      }
      next = -next - 1;
      if (next == 0 || next == x.length) {
        return y[Math.min(next, x.length - 1)];
      }
      double share = (place - x[next - 1]) / (x[next] - x[next - 1]);
      return y[next - 1] + share * (y[next] - y[next - 1]);
    }
  }
}
