package stops;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.format.Formats;
import stops.format.RawFormat;
import stops.image.ImageException;
import stops.image.ImageFormat;

/** How to read or write a file, where that is not to be found out. Immutable and thread-safe. */
public final class FileFormat {
  private static final FileFormat TOLD = new FileFormat(null);

  private final @Nullable ImageFormat known;

  private FileFormat(@Nullable ImageFormat known) {
    this.known = known;
  }

  /**
   * What the file tells: an input by its content, an output by the ending of its name. An output
   * whose name has no ending has the input's format.
   */
  public static FileFormat told() {
    return TOLD;
  }

  /**
   * The format whose files have this ending, such as {@code exr}, whatever the file's own is.
   * {@code raw} is float32 samples, little-endian.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FileFormat named(String ending) {
    return Formats.withExtension(ending.toLowerCase(Locale.ROOT), null)
        .map(FileFormat::new)
        .orElseThrow(() ->
            new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "no format has the ending '%s'; there are %s",
                    ending,
                    String.join(", ", Formats.usualExtensions()))));
  }

  /** Samples one after another and nothing else. */
  public static FileFormat raw(SampleType type, ByteOrder order) {
    return new FileFormat(new RawFormat(type, order));
  }

  ImageFormat ofInput(Path input) throws ImageException {
    return known == null ? Formats.of(input) : known;
  }

  ImageFormat ofOutput(Path output, Path input, ImageFormat inputFormat) throws ImageException {
    return known == null ? Formats.forTarget(output, input, inputFormat) : known;
  }
}
