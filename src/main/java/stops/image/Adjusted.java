package stops.image;

import stops.engine.ExactStops;

/**
 * What a file remembers of the adjustments of a channel.
 *
 * @param stops by how many stops its light was made brighter, all adjustments together
 * @param lost number of its samples that the opposite adjustment does not restore; {@link #UNKNOWN}
 *     if the file does not say
 */
public record Adjusted(ExactStops stops, long lost) {
  /** No number of samples. */
  public static final long UNKNOWN = -1;

  /** The same adjustment, of samples that were changed since. */
  public Adjusted changed() {
    return new Adjusted(stops, UNKNOWN);
  }
}
