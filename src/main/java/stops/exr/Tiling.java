package stops.exr;

/**
 * The size and levels of a part's tiles.
 *
 * @param width width of a whole tile in pixels, 1 or more
 * @param height height of a whole tile in pixels, 1 or more
 * @param levels the kind of resolution levels
 * @param roundUp whether half of an odd size is rounded up, not down
 */
public record Tiling(int width, int height, Levels levels, boolean roundUp) {

  /** The kinds of resolution levels. The constants are in the order of their codes in the file. */
  public enum Levels {
    /** Full resolution only. */
    ONE,
    /** Halved in both directions at once, down to one pixel. */
    MIPMAP,
    /** Halved in either direction independently. */
    RIPMAP
  }

  /** Number of levels for a size of {@code pixels}, down to one pixel. */
  int levelsOf(long pixels) {
    int floor = 63 - Long.numberOfLeadingZeros(pixels);
    return 1 + (roundUp && Long.bitCount(pixels) > 1 ? floor + 1 : floor);
  }

  /** The size after {@code pixels} was halved {@code level} times; 1 or more. */
  long levelSize(long pixels, int level) {
    long rounded = roundUp ? pixels + (1L << level) - 1 : pixels;
    return Math.max(1, rounded >> level);
  }
}
