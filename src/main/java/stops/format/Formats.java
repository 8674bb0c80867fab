package stops.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import stops.engine.SampleType;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;

/** The file formats that Stops has. Thread-safe. */
public final class Formats {
  private static final List<ImageFormat> ALL =
      List.of(
          new ExrFormat(),
          new RadianceFormat(),
          new TiffFormat(),
          new PfmFormat(),
          new NpyFormat());

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
    String integers = IntegerPictures.recognise(head);
    if (integers != null) {
      throw ImageException.input(
          path,
          "is a %s picture: integers, which are not linear HDR; Stops reads %s"
              .formatted(integers, supported()));
    }
    throw ImageException.input(path, "is of no known format; Stops reads " + supported());
  }

  /** Opens a file in the format that its content tells. */
  public static ImageSource open(Path path) throws ImageException {
    return of(path).open(path);
  }

  /**
   * The format of a file to be written, by its name's extension; raw samples are little-endian.
   *
   * @param otherwise what it is for a name without a known extension
   * @throws ImageException if it is the extension of a format of integers
   */
  public static ImageFormat forTarget(Path path, ImageFormat otherwise) throws ImageException {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    for (ImageFormat format : ALL) {
      if (format.extensions().contains(extension)) {
        return format;
      }
    }
    if (IntegerPictures.hasExtension(extension)) {
      throw ImageException.output(
          path, "." + extension + " files hold integers, which are not linear HDR; choose .exr");
    }
    boolean raw = RawFormat.EXTENSIONS.contains(extension) && !(otherwise instanceof RawFormat);
    return raw ? new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN) : otherwise;
  }

  private static String supported() {
    return ALL.stream()
        .map(format -> "%s (.%s)".formatted(format.name(), format.extensions().getFirst()))
        .collect(Collectors.joining(", ", "", ", and raw samples with --raw"));
  }
}
