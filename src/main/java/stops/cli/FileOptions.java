package stops.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.UsageException;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
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
 * @param floor the lowest exposure, in stops; null for none
 * @param channels names or patterns of the channels to convert; empty for light
 * @param exclude names or patterns of channels, layers and parts that are not converted
 * @param force whether to convert exposures to exposure
 * @param formats the formats of the files
 */
record FileOptions(
    @Nullable Domain from,
    Domain to,
    @Nullable SampleType type,
    double gainStops,
    ZeroPolicy zero,
    @Nullable Double floor,
    List<String> channels,
    List<String> exclude,
    boolean force,
    FormatOptions formats)
    implements FileTask {

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
              "floor",
              "STOPS",
              "The lowest exposure: lower ones become it, those of zero and of negative intensities "
                  + "among them."),
          Syntax.value(
              "channels",
              "NAME,...",
              "Convert these channels instead: names, or patterns with * and ?."),
          Syntax.value(
              "exclude",
              "NAME,...",
              "Leave these channels, layers or parts as they are: names, or patterns."),
          Syntax.flag("force", "Convert exposures to exposure all the same."));

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
        floor(given, target),
        given.names("channels"),
        given.names("exclude"),
        given.has("force"),
        FormatOptions.of(given));
  }

  private static @Nullable Double floor(Arguments given, Domain to) throws UsageException {
    if (!given.has("floor")) {
      return null;
    }
    if (to == Domain.INTENSITY) {
      throw new UsageException("--floor is a lowest exposure, so it goes with --to exposure");
    }
    double floor = given.number("floor", 0);
    if (!(Math.abs(floor) <= Conversion.MAX_GAIN_STOPS)) {
      throw new UsageException("--floor must be from -2100 to 2100 stops, not " + floor);
    }
    return floor;
  }

  @Override
  public FileRequest request(Path input, Path output, int alike) {
    return new FileRequest(
        input, output, from, to, type, gainStops, zero, floor, channels, exclude, force, alike);
  }

  @Override
  public FileReport run(
      FileConverter converter, Path input, Path output, int alike, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    ImageFormat format = formats.input(input);
    return converter.convert(
        request(input, output, alike), format, formats.output(input, output, format), progress);
  }
}
