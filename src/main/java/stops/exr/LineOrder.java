package stops.exr;

/**
 * The order of a part's chunks in the file. The constants are in the order of their codes in the
 * file.
 */
public enum LineOrder {
  /** From the top. Tiles level by level; within a level, from left to right and then downwards. */
  INCREASING_Y,
  /** From the bottom. Tiles level by level; within a level, from left to right and then upwards. */
  DECREASING_Y,
  /** In the order of writing. */
  RANDOM_Y
}
