package stops.exr;

/** In which order the chunks of a part lie in the file. The order is that of the codes there. */
public enum LineOrder {
  /** From the top; tiles level by level, each from left to right and then downwards. */
  INCREASING_Y,
  /** From the bottom; tiles likewise, each row of them from left to right. */
  DECREASING_Y,
  /** As they were written. */
  RANDOM_Y
}
