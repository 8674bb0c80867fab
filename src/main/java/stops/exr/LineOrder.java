package stops.exr;

/** In which order the chunks of a part lie in the file. The order is that of the codes there. */
public enum LineOrder {
  INCREASING_Y,
  DECREASING_Y,
  RANDOM_Y
}
