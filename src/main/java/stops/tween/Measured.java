package stops.tween;

import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;

/**
 * The measured exposure of a frame.
 *
 * @param frame number of the frame
 * @param stops its exposure in stops; null if it cannot be measured
 * @param percent the percentage of pixels that it rests on
 * @param note why it cannot be measured, or what is odd about it; else empty
 */
public record Measured(int frame, @Nullable ExactStops stops, double percent, String note) {

  /** A frame that cannot be measured. */
  static Measured not(int frame, String why) {
    return new Measured(frame, null, 0, why);
  }
}
