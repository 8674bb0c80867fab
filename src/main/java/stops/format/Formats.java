package stops.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.format.flat.InputFile;
import stops.format.npy.NpyFormat;
import stops.format.pfm.PfmFormat;
import stops.format.radiance.RadianceFormat;
import stops.format.tiff.TiffFormat;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;

/** All file formats. Thread-safe. */
public final class Formats {
  private static final List<ImageFormat> ALL =
      List.of(
          new ExrFormat(),
          new FullSizeFormat(new RadianceFormat()),
          new FullSizeFormat(new TiffFormat()),
          new FullSizeFormat(new PfmFormat()),
          new FullSizeFormat(new NpyFormat()));

  private Formats() {}

  /** All formats but {@linkplain RawFormat raw}, which has to be told what its files hold. */
  public static List<ImageFormat> all() {
    return ALL;
  }

  /**
   * The format of a file, told by its content.
   *
   * @throws ImageException if it cannot be read, or is of no known format
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
          String.format(
              Locale.ROOT,
              "is a %s picture: integers, which are not linear HDR; Stops reads %s",
              integers,
              supported()));
    }
    throw ImageException.input(path, "is of no known format; Stops reads " + supported());
  }

  /** Opens a file in the format that its content tells. */
  public static ImageSource open(Path path) throws ImageException {
    return of(path).open(path);
  }

  /**
   * The format of a file to be written, by its name's ending. Raw samples are little-endian. A name
   * without an ending, or with a number for one, stands for {@code inputFormat}. So does an unknown
   * ending where the input is raw samples, since files of these end in anything.
   *
   * @param inputFormat the format of the file that it is made from
   * @throws ImageException if no format that can be written has this ending
   */
  public static ImageFormat forTarget(Path path, ImageFormat inputFormat) throws ImageException {
    String extension = extension(path);
    Optional<ImageFormat> known = withExtension(extension, inputFormat);
    if (known.isPresent()) {
      return known.get();
    }
    if (IntegerPictures.hasExtension(extension)) {
      throw ImageException.output(
          path, "." + extension + " files hold integers, which are not linear HDR; choose .exr");
    }
    boolean silent =
        String.valueOf(path.getFileName()).lastIndexOf('.') <= 0 || extension.matches("\\d*");
    if (silent || inputFormat instanceof RawFormat) {
      return inputFormat;
    }
    throw ImageException.output(
        path,
        String.format(
            Locale.ROOT,
            "no format has the ending .%s; Stops writes .%s (or say which with --format)",
            extension,
            String.join(", .", usualExtensions())));
  }

  /**
   * The format of a file that is made from {@code input}, by its name's ending. A file that
   * replaces its own input keeps the format, if no format has its ending.
   */
  public static ImageFormat forTarget(Path path, Path input, ImageFormat inputFormat)
      throws ImageException {
    return path.equals(input) && withExtension(extension(path), inputFormat).isEmpty()
        ? inputFormat
        : forTarget(path, inputFormat);
  }

  private static String extension(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * The format with this extension, which is in lower case.
   *
   * @param input the format of the input. If it is raw, raw files are written with the same type
   *     and byte order
   */
  public static Optional<ImageFormat> withExtension(String extension, @Nullable ImageFormat input) {
    for (ImageFormat format : ALL) {
      if (format.extensions().contains(extension)) {
        return Optional.of(format);
      }
    }
    if (!RawFormat.EXTENSIONS.contains(extension)) {
      return Optional.empty();
    }
    return Optional.of(
        input instanceof RawFormat
            ? input
            : new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN));
  }

  /** The usual extension of each format that is written. */
  public static List<String> usualExtensions() {
    return Stream.concat(
            ALL.stream().map(format -> format.extensions().getFirst()),
            Stream.of(RawFormat.EXTENSIONS.getFirst()))
        .toList();
  }

  private static String supported() {
    return ALL.stream()
        .map(format ->
            String.format(Locale.ROOT, "%s (.%s)", format.name(), format.extensions().getFirst()))
        .collect(Collectors.joining(", ", "", ", and raw samples with --raw"));
  }
}
