package stops.cli.tween;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.engine.ExactStops;
import stops.tween.CurvePoint;

/** What {@code stops tween} says of curves and frames. */
public final class TweenText {
  private static final Comparator<ExactStops> BY_SIZE =
      (one, other) -> one.plus(other.negate()).signum();

  private TweenText() {}

  /** The line for a curve that was written or drawn. */
  public static String line(Path file, List<CurvePoint> points) {
    ExactStops least = points.stream().map(CurvePoint::stops).min(BY_SIZE).orElseThrow();
    ExactStops most = points.stream().map(CurvePoint::stops).max(BY_SIZE).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s: %d frame%s, %s to %s stops; no picture was written",
        file,
        points.size(),
        points.size() == 1 ? "" : "s",
        least,
        most);
  }

  /** A curve that was written or drawn, as JSON. */
  public static Map<String, Object> json(Path file, List<CurvePoint> points) {
    List<Map<String, Object>> frames = new ArrayList<>();
    for (CurvePoint point : points) {
      Map<String, Object> frame = new LinkedHashMap<>();
      frame.put("frame", point.frame());
      frame.putAll(facts(point));
      frames.add(frame);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("curve", file.toString());
    json.put("frames", frames);
    return json;
  }

  /** What is done to a frame, as JSON. Stops are text, since they are exact. */
  public static Map<String, Object> facts(CurvePoint point) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stops", point.stops().toString());
    ExactStops measured = point.measured();
    if (measured != null) {
      facts.put("measuredStops", measured.high());
    }
    return facts;
  }
}
