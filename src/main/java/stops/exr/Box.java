package stops.exr;

/**
 * A rectangle of pixels, corners included; y grows downwards.
 *
 * @param xMin leftmost pixel
 * @param yMin topmost row
 * @param xMax rightmost pixel, included
 * @param yMax lowest row, included
 */
public record Box(int xMin, int yMin, int xMax, int yMax) {

  /** Pixels in a row. */
  public long width() {
    return (long) xMax - xMin + 1;
  }

  /** Rows of pixels. */
  public long height() {
    return (long) yMax - yMin + 1;
  }
}
