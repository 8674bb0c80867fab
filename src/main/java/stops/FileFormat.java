package stops;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.format.ExrFormat;
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

  /**
   * OpenEXR, with a compression of the files that are written, such as {@code ZIP}, {@code ZIPS:9},
   * {@code PIZ} or {@code DWAA:45}. ZIP and ZIPS have a level of effort from 1 to 9. PXR24 rounds
   * float32 samples; DWAA and DWAB lose more, by a level that is usually 45, and are made for
   * intensities; {@link stops.convert.FileReport#warnings} says so.
   *
   * @throws IllegalArgumentException if there is no such compression that is written
   */
  public static FileFormat openExr(String compression) {
    return new FileFormat(ExrFormat.compressed(compression));
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
