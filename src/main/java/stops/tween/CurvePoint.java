package stops.tween;

import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;

/**
 * What is done to a frame.
 *
 * @param frame number of the frame
 * @param stops by how many stops it becomes brighter
 * @param measured its exposure, in stops, before; null if that is not known
 */
public record CurvePoint(int frame, ExactStops stops, @Nullable ExactStops measured) {

  /** A frame whose exposure is not known. */
  public static CurvePoint of(int frame, ExactStops stops) {
    return new CurvePoint(frame, stops, null);
  }

  /** Its exposure, in stops, after; null if that is not known. */
  @Nullable ExactStops result() {
    return measured == null ? null : measured.plus(stops);
  }
}
