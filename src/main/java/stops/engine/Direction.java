package stops.engine;

/** Which of the two maps a conversion applies. */
public enum Direction {
  /** {@code log2(intensity)}: linear light to stops. */
  TO_EXPOSURE,
  /** {@code 2^exposure}: stops to linear light. */
  TO_INTENSITY
}
