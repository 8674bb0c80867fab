package stops.engine;

import java.util.List;

/** The maps of samples: two between intensity and exposure, and two that adjust the light. */
public enum Direction {
  /** {@code log2(intensity)}: linear light to stops. */
  TO_EXPOSURE,
  /** {@code 2^exposure}: stops to linear light. */
  TO_INTENSITY,
  /** {@code intensity * 2^stops}: linear light, adjusted. */
  SCALE,
  /** {@code exposure + stops}: light in stops, adjusted. */
  SHIFT;

  /** The maps between intensity and exposure. */
  public static final List<Direction> MAPS = List.of(TO_EXPOSURE, TO_INTENSITY);

  /** Whether samples keep their meaning, and the light is adjusted. */
  public boolean adjusts() {
    return this == SCALE || this == SHIFT;
  }
}
