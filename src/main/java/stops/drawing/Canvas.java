package stops.drawing;

/** A surface to draw on. Lengths are in units of the picture, and y grows downwards. */
public interface Canvas {

  /** The side of a text's position on which the text stands. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** Fills a rectangle. */
  default void rectangle(double x, double y, double width, double height, int rgb) {
    polygon(
        new double[] {x, x + width, x + width, x},
        new double[] {y, y, y + height, y + height},
        rgb,
        1);
  }

  /** Fills a polygon; {@code opacity} is from 0 to 1. */
  void polygon(double[] x, double[] y, int rgb, double opacity);

  /**
   * Draws a line through points.
   *
   * @param dashes lengths of dashes and gaps in turn; none for a line without gaps
   */
  void line(double[] x, double[] y, int rgb, double width, double... dashes);

  /** Writes a text whose base line is at {@code y}. */
  void text(double x, double y, String text, double size, Anchor anchor, int rgb);
}
