package stops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.UsageException;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.convert.FinishedOutput;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;

/**
 * The conversion that is asked for, the same for every file.
 *
 * @param from domain of the input; null to go by the file
 * @param to domain of the output
 * @param type sample type of converted channels; null for the default
 * @param gainStops gain in stops
 * @param zero how the exposure of zero is stored
 * @param channels names or patterns of the channels to convert; empty for light
 * @param exclude names or patterns of channels, layers and parts that are not converted
 * @param force whether to convert exposures to exposure
 * @param rawInput the format of raw input; null to go by the content
 * @param outputFormat the format to write; null to go by the name
 */
record FileOptions(
    @Nullable Domain from,
    Domain to,
    @Nullable SampleType type,
    double gainStops,
    ZeroPolicy zero,
    List<String> channels,
    List<String> exclude,
    boolean force,
    @Nullable ImageFormat rawInput,
    @Nullable ImageFormat outputFormat) {

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "from",
              "DOMAIN",
              "What the light of IN stands for: intensity or exposure. By default what the file "
                  + "says; EXR, HDR and TIFF files that say nothing hold intensities."),
          Syntax.value(
              "type",
              "TYPE",
              "Sample type of what is converted: f16, f32 or f64. By default the channel's own, but "
                  + "float32 for the exposure of float16; to intensity, what the exposure file "
                  + "remembers."),
          Syntax.value("gain", "STOPS", "Multiply the light by 2^STOPS in the same pass."),
          Syntax.value(
              "zero",
              "POLICY",
              "What stands for the exposure of zero: inf (-infinity, the default), nan, floor "
                  + "(-1073), or fail (no output, exit status 1)."),
          Syntax.value(
              "channels",
              "NAME,...",
              "Convert these channels instead: names, or patterns with * and ?."),
          Syntax.value(
              "exclude",
              "NAME,...",
              "Leave these channels, layers or parts as they are: names, or patterns."),
          Syntax.flag("force", "Convert exposures to exposure all the same."),
          Syntax.value(
              "raw",
              "TYPE",
              "The input is raw samples: f16, f32 or f64, and little (default) or big: f32,big."),
          Syntax.value(
              "format",
              "NAME",
              "Write this format, whatever OUT's ending: exr, hdr, tif, pfm, npy or raw."));

  static FileOptions of(Arguments given) throws UsageException {
    String to = given.value("to");
    if (to == null) {
      throw new UsageException("--to is missing: --to exposure, or --to intensity");
    }
    double gainStops = given.number("gain", 0);
    if (!(Math.abs(gainStops) <= Conversion.MAX_GAIN_STOPS)) {
      throw new UsageException("--gain must be from -2100 to 2100 stops, not " + gainStops);
    }
    String type = given.value("type");
    String raw = given.value("raw");
    ImageFormat rawInput = raw == null ? null : ValueSyntax.raw("--raw", raw);
    String format = given.value("format");
    Domain target = ValueSyntax.domain("--to", to);
    String from = given.value("from");
    Domain source = from == null ? null : ValueSyntax.domain("--from", from);
    if (source == target) {
      throw new UsageException(
          String.format(Locale.ROOT, "--from and --to are both %s: nothing is to be done", to));
    }
    return new FileOptions(
        source,
        target,
        type == null ? null : ValueSyntax.sampleType("--type", type),
        gainStops,
        ValueSyntax.zero("--zero", given.value("zero", "inf")),
        given.names("channels"),
        given.names("exclude"),
        given.has("force"),
        rawInput,
        format == null ? null : format(format, rawInput));
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
   * Fails if no format has the output's ending.
   *
   * @throws ImageException of the output side
   */
  void checkEnding(Path input, Path output) throws ImageException {
    var unused =
        outputFormat(input, output, rawInput == null ? Formats.all().getFirst() : rawInput);
  }

  /** Converts a file, which is one of {@code alike} similar files in the same run. */
  FileReport convert(
      FileConverter converter, Path input, Path output, int alike, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    ImageFormat format = inputFormat(input);
    return converter.convert(
        request(input, output, alike), format, outputFormat(input, output, format), progress);
  }

  /** Whether the output exists already and is complete. */
  boolean isThere(FinishedOutput finished, Path input, Path output) throws InterruptedException {
    try {
      // Who has the output may have removed the input.
      ImageFormat format = Files.exists(input) ? inputFormat(input) : inputFormat(output);
      return finished.isThere(
          request(input, output, 1), format, outputFormat(input, output, format));
    } catch (ImageException unreadable) {
      return false;
    }
  }

  private ImageFormat inputFormat(Path input) throws ImageException {
    return rawInput == null ? Formats.of(input) : rawInput;
  }

  private ImageFormat outputFormat(Path input, Path output, ImageFormat inputFormat)
      throws ImageException {
    return outputFormat == null ? Formats.forTarget(output, input, inputFormat) : outputFormat;
  }

  private FileRequest request(Path input, Path output, int alike) {
    return new FileRequest(
        input, output, from, to, type, gainStops, zero, channels, exclude, force, alike);
  }
}
