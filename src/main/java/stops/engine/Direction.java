package stops.engine;

/** The two maps between intensity and exposure. */
public enum Direction {
  /** {@code log2(intensity)}: linear light to stops. */
  TO_EXPOSURE,
  /** {@code 2^exposure}: stops to linear light. */
  TO_INTENSITY
}
