package stops.exr;

/**
 * The tiles of a tiled part.
 *
 * @param width pixels in a row of a whole tile, 1 or more
 * @param height rows of a whole tile, 1 or more
 * @param levels which smaller copies of the picture there are
 * @param roundUp whether a level with half of an odd number of pixels has one more, not one less
 */
public record Tiling(int width, int height, Levels levels, boolean roundUp) {

  /** Which resolutions a tiled part has. The order is that of the codes in the file. */
  public enum Levels {
    /** The full one only. */
    ONE,
    /** Halved in both directions at once, down to one pixel. */
    MIPMAP,
    /** Halved in either direction independently. */
    RIPMAP
  }

  /** How often {@code pixels} can be halved until there is one, and once more. */
  int levelsOf(long pixels) {
    int floor = 63 - Long.numberOfLeadingZeros(pixels);
    return 1 + (roundUp && Long.bitCount(pixels) > 1 ? floor + 1 : floor);
  }

  /** What is left of {@code pixels} after it was halved {@code level} times; 1 or more. */
  long levelSize(long pixels, int level) {
    long rounded = roundUp ? pixels + (1L << level) - 1 : pixels;
    return Math.max(1, rounded >> level);
  }
}
