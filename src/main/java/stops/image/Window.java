package stops.image;

import java.util.Locale;
import java.util.Optional;

/**
 * A rectangle of pixels of a picture in any format, corners included. y grows downwards;
 * coordinates may be negative.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param xMin column of the leftmost pixels
 * @param yMin row of the topmost pixels
 * @param xMax column of the rightmost pixels
 * @param yMax row of the lowest pixels
 */
public record Window(int xMin, int yMin, int xMax, int yMax) {

  /** A window of this size with its first pixel at (0, 0). */
  public static Window ofSize(int width, int height) {
    return new Window(0, 0, width - 1, height - 1);
  }

  /** Pixels in a row. */
  public long width() {
    return (long) xMax - xMin + 1;
  }

  /** Rows. */
  public long height() {
    return (long) yMax - yMin + 1;
  }

  /** The pixels that both windows have; empty where there are none. */
  public Optional<Window> intersection(Window other) {
    int left = Math.max(xMin, other.xMin);
    int top = Math.max(yMin, other.yMin);
    int right = Math.min(xMax, other.xMax);
    int bottom = Math.min(yMax, other.yMax);
    return left > right || top > bottom
        ? Optional.empty()
        : Optional.of(new Window(left, top, right, bottom));
  }

  /** {@code (xMin, yMin) to (xMax, yMax), W × H}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "(%d, %d) to (%d, %d), %d × %d", xMin, yMin, xMax, yMax, width(), height());
  }
}
