package stops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.UsageException;
import stops.convert.AdjustRequest;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.FinishedOutput;
import stops.convert.PictureRequest;
import stops.engine.EngineFailure;
import stops.format.ExrFormat;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageFormat;

/**
 * The formats of files that are read and written.
 *
 * @param rawInput the format of raw input; null to go by the content
 * @param output the format to write; null to go by the name
 * @param compressed the format of EXR files with a compression of their own; null for the usual one
 */
record FormatOptions(
    @Nullable ImageFormat rawInput, @Nullable ImageFormat output, @Nullable ExrFormat compressed) {
  static final Option COMPRESSION =
      Syntax.value(
          "compression",
          "NAME[:LEVEL]",
          "Of EXR files: none, RLE, ZIPS, ZIP, PIZ or PXR24 (rounds float32); DWAA or DWAB, "
              + "which lose precision. Levels: of ZIP and ZIPS effort, 1 to 9; of DWA loss, "
              + "usually 45. Default: the input's, or ZIP where that would lose something.");

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "raw",
              "TYPE",
              "The input is raw samples: f16, f32 or f64, and little (default) or big: f32,big."),
          Syntax.value(
              "format",
              "NAME",
              "Write this format, whatever OUT's ending: exr, hdr, tif, pfm, npy or raw."),
          COMPRESSION);

  static FormatOptions of(Arguments given) throws UsageException {
    String raw = given.value("raw");
    ImageFormat rawInput = raw == null ? null : ValueSyntax.raw("--raw", raw);
    String format = given.value("format");
    return new FormatOptions(
        rawInput, format == null ? null : format(format, rawInput), compressed(given));
  }

  static @Nullable ExrFormat compressed(Arguments given) throws UsageException {
    String compression = given.value("compression");
    try {
      return compression == null ? null : ExrFormat.compressed(compression);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--compression: " + e.getMessage());
    }
  }

  private static ImageFormat format(String name, @Nullable ImageFormat rawInput)
      throws UsageException {
    return Formats.withExtension(name.toLowerCase(Locale.ROOT), rawInput)
        .orElseThrow(() ->
            new UsageException(
                String.format(
                    Locale.ROOT,
                    "--format: '%s' is not one of %s",
                    name,
                    String.join(", ", Formats.usualExtensions()))));
  }

  /**
   * Fails if no format has the output's ending, or if one that is no EXR file is to be compressed.
   *
   * @throws ImageException of the output side
   */
  void checkEnding(Path input, Path file) throws ImageException, UsageException {
    ImageFormat likeInput = rawInput == null ? Formats.all().getFirst() : rawInput;
    checkCompressed(
        output == null ? Formats.forTarget(file, input, likeInput) : output, compressed, file);
  }

  ImageFormat input(Path input) throws ImageException {
    return rawInput == null ? Formats.of(input) : rawInput;
  }

  ImageFormat output(Path input, Path file, ImageFormat inputFormat) throws ImageException {
    return compressed(
        output == null ? Formats.forTarget(file, input, inputFormat) : output, compressed);
  }

  /** Fails if a file that is no EXR file is to be compressed. */
  static void checkCompressed(ImageFormat format, @Nullable ExrFormat compressed, Path file)
      throws UsageException {
    if (compressed != null && !(format instanceof ExrFormat)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--compression is for OpenEXR files, and %s is to be %s",
              file,
              format.name()));
    }
  }

  /** The format of a file, with the compression that is asked for where it is an EXR file. */
  static ImageFormat compressed(ImageFormat format, @Nullable ExrFormat compressed) {
    return compressed != null && format instanceof ExrFormat ? compressed : format;
  }

  /** Adjusts a file in its format, to the format of the output. */
  FileReport adjust(FileConverter converter, AdjustRequest request, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    ImageFormat format = input(request.input());
    return converter.adjust(
        request, format, output(request.input(), request.output(), format), progress);
  }

  /** Whether the output of {@code request} exists already and is complete. */
  boolean isThere(FinishedOutput finished, PictureRequest request) throws InterruptedException {
    try {
      // Who has the output may have removed the input.
      Path known = Files.exists(request.input()) ? request.input() : request.output();
      ImageFormat format = input(known);
      return finished.isThere(request, format, output(request.input(), request.output(), format));
    } catch (ImageException unreadable) {
      return false;
    }
  }
}
