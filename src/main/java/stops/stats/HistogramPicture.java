package stops.stats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stops.drawing.PngCanvas;
import stops.drawing.SvgCanvas;
import stops.image.AtomicFile;
import stops.image.ImageException;
import stops.text.OneLine;

/** A picture of the histograms of channels, as an SVG or PNG file. */
public final class HistogramPicture {
  private HistogramPicture() {}

  /** Whether the ending of a file's name says which kind of picture it is to be. */
  public static boolean hasKnownEnding(Path file) {
    return isPng(file) || ending(file, ".svg");
  }

  private static boolean isPng(Path file) {
    return ending(file, ".png");
  }

  private static boolean ending(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Draws the channels that have exposures. An existing file is replaced in one step.
   *
   * @param file a name that ends in {@code .svg} or {@code .png}
   * @param title the heading of the picture
   * @throws ImageException of the input side, if no channel has exposures; of the output side, if
   *     the file cannot be written, or this Java cannot draw pictures
   */
  public static void write(Path file, Path input, String title, List<ChannelStatistics> channels)
      throws ImageException {
    HistogramDrawing drawing = HistogramDrawing.of(OneLine.of(title), channels);
    if (drawing == null) {
      throw ImageException.input(
          input, "has no light above zero, so there is no histogram to draw");
    }
    byte[] bytes = isPng(file) ? png(file, drawing) : svg(drawing);
    try (AtomicFile output = AtomicFile.create(file)) {
      output.write(ByteBuffer.wrap(bytes), 0);
      output.commit();
    }
  }

  /** The drawing as SVG; empty if no channel has exposures. */
  public static Optional<String> svg(String title, List<ChannelStatistics> channels) {
    return Optional.ofNullable(HistogramDrawing.of(OneLine.of(title), channels))
        .map(drawing -> new String(svg(drawing), StandardCharsets.UTF_8));
  }

  private static byte[] svg(HistogramDrawing drawing) {
    SvgCanvas canvas = new SvgCanvas(HistogramDrawing.WIDTH, drawing.height(), drawing.title());
    drawing.draw(canvas);
    return canvas.svg().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] png(Path file, HistogramDrawing drawing) throws ImageException {
    try {
      PngCanvas canvas = new PngCanvas(HistogramDrawing.WIDTH, drawing.height());
      drawing.draw(canvas);
      return canvas.png();
    } catch (IOException | LinkageError | InternalError e) {
      // Some Java installations come without their libraries for pictures.
      throw ImageException.output(
          file,
          String.format(
              Locale.ROOT,
              "cannot be drawn by this Java (%s); write .svg",
              String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }
}
