package stops.wedge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.display.ScaledPicture;
import stops.drawing.PngWriter;
import stops.engine.ExactStops;
import stops.exr.codec.ExrException;
import stops.image.AtomicFile;
import stops.image.ImageException;

/** Contact sheets of a picture at several exposures, as PNG, OpenEXR or HTML. Stateless. */
public final class Wedge {
  /** Width of a sheet by its height, at most. */
  private static final double WIDEST = 1.6;

  private Wedge() {}

  /** The kinds of files. */
  public enum Kind {
    PNG,
    EXR,
    HTML;

    /** The ending of the names of its files. */
    public String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A sheet that was written.
   *
   * @param width its pixels in a row; 0 for a page
   * @param height its rows; 0 for a page
   * @param cells the places of the pictures in it
   */
  public record Written(int width, int height, List<Cell> cells) {}

  /**
   * A picture of a sheet, in pixels of the sheet.
   *
   * @param stops its exposure
   */
  public record Cell(ExactStops stops, int x, int y, int width, int height) {}

  /** The pictures side by side that make a sheet a little wider than high. */
  public static int usualColumns(int count, int width, int height) {
    double rows = Math.sqrt((double) count * width / height / WIDEST);
    int columns = Math.clamp((int) Math.ceil(count / Math.max(1, rows)), 1, count);
    // The last row is as full as it can be.
    return Math.ceilDiv(count, Math.ceilDiv(count, columns));
  }

  /**
   * Writes a sheet. An existing file is replaced in one step.
   *
   * @param exposures one for each picture, one or more
   * @param columns pictures side by side
   * @throws ImageException if the file cannot be written
   */
  public static Written write(
      Path file,
      Kind kind,
      ScaledPicture picture,
      List<ExactStops> exposures,
      int columns,
      Look look,
      Captions captions)
      throws ImageException {
    List<Exposed> pictures = new ArrayList<>();
    for (ExactStops stops : exposures) {
      pictures.add(new Exposed(picture, look, stops));
    }
    Sheet sheet = Sheet.of(captions, exposures, pictures, columns, look.colours());
    try (AtomicFile output = AtomicFile.create(file)) {
      try (FileStream out = new FileStream(output)) {
        switch (kind) {
          case PNG -> writePng(out, sheet, look, captions);
          case EXR -> ExrSheet.write(output, sheet, captions);
          case HTML -> HtmlSheet.write(out, exposures, pictures, look, captions);
        }
      } catch (ExrException e) {
        throw ImageException.output(file, e.problem(), e);
      } catch (IOException e) {
        throw output.failed(e);
      }
      output.commit();
    }
    return kind == Kind.HTML
        ? new Written(0, 0, List.of())
        : new Written(sheet.width(), sheet.height(), List.copyOf(sheet.cells()));
  }

  private static void writePng(FileStream out, Sheet sheet, Look look, Captions captions)
      throws IOException {
    PngWriter.write(
        out,
        sheet.width(),
        sheet.height(),
        look.transform().pngGamma(),
        captions.texts(),
        (y, rgb) -> sheet.draw(y, new CodeRow(look.transform(), rgb)));
  }

  /** One picture as a PNG file. */
  static byte[] png(Exposed picture, Look look) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PngWriter.write(
        bytes,
        picture.width(),
        picture.height(),
        look.transform().pngGamma(),
        Map.of(),
        (y, rgb) -> picture.draw(y, new CodeRow(look.transform(), rgb), 0));
    return bytes.toByteArray();
  }
}
