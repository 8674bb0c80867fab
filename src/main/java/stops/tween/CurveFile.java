package stops.tween;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import stops.drawing.SvgCanvas;
import stops.image.AtomicFile;
import stops.image.ImageException;
import stops.text.OneLine;

/** Writes a curve: as a table that {@link KeySyntax} reads as keys, or as a drawing. */
public final class CurveFile {
  private CurveFile() {}

  /** Whether the ending of a file's name says which kind of file it is to be. */
  public static boolean hasKnownEnding(Path file) {
    return isDrawing(file) || ending(file, ".csv");
  }

  private static boolean isDrawing(Path file) {
    return ending(file, ".svg");
  }

  private static boolean ending(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Writes a curve. An existing file is replaced in one step.
   *
   * @param file a name that ends in {@code .csv} or {@code .svg}
   * @param title the heading of a drawing
   * @param points what is done to each frame, in rising order
   * @param keys the keys that are set
   */
  public static void write(Path file, String title, List<CurvePoint> points, List<Key> keys)
      throws ImageException {
    write(file, isDrawing(file) ? svg(title, points, keys) : csv(points));
  }

  /** Replaces a file by a text, in one step. */
  static void write(Path file, String text) throws ImageException {
    try (AtomicFile output = AtomicFile.create(file)) {
      output.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      output.commit();
    }
  }

  private static String csv(List<CurvePoint> points) {
    boolean measured = points.stream().anyMatch(point -> point.measured() != null);
    StringBuilder text = new StringBuilder(measured ? "frame,stops,measured\n" : "frame,stops\n");
    for (CurvePoint point : points) {
      text.append(point.frame()).append(',').append(point.stops());
      if (measured) {
        text.append(',').append(point.measured() == null ? "" : point.measured());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String svg(String title, List<CurvePoint> points, List<Key> keys) {
    CurveDrawing drawing = new CurveDrawing(OneLine.of(title), points, keys);
    SvgCanvas canvas = new SvgCanvas(CurveDrawing.WIDTH, drawing.height(), OneLine.of(title));
    drawing.draw(canvas);
    return canvas.svg();
  }
}
