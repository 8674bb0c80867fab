package stops.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;

/** The file formats that Stops has. Thread-safe. */
public final class Formats {
  private static final List<ImageFormat> ALL =
      List.of(new ExrFormat(), new RadianceFormat(), new PfmFormat(), new NpyFormat());

  private Formats() {}

  /** All but raw, which needs to be told what it holds: see {@link RawFormat}. */
  public static List<ImageFormat> all() {
    return ALL;
  }

  /**
   * The format of a file, told by its content.
   *
   * @throws ImageException if it cannot be read, or is none of these
   */
  public static ImageFormat of(Path path) throws ImageException {
    ByteBuffer head = InputFile.head(path);
    if (!head.hasRemaining()) {
      throw ImageException.input(path, "is empty; there is nothing to read");
    }
    for (ImageFormat format : ALL) {
      if (format.recognises(head.duplicate())) {
        return format;
      }
    }
    throw ImageException.input(path, "is of no known format; Stops reads " + supported());
  }

  /** Opens a file in the format that its content tells. */
  public static ImageSource open(Path path) throws ImageException {
    return of(path).open(path);
  }

  /**
   * The format of a file to be written, by its name's extension.
   *
   * @param otherwise what it is for a name without a known extension
   */
  public static ImageFormat forTarget(Path path, ImageFormat otherwise) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    for (ImageFormat format : ALL) {
      if (format.extensions().contains(extension)) {
        return format;
      }
    }
    return otherwise;
  }

  private static String supported() {
    return ALL.stream()
        .map(format -> "%s (.%s)".formatted(format.name(), format.extensions().getFirst()))
        .collect(Collectors.joining(", ", "", ", and raw samples with --raw"));
  }
}
