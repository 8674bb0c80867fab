package stops.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Console;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.convert.AdjustRequest;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.engine.EngineFailure;
import stops.engine.ExactStops;
import stops.format.ExrFormat;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.match.Match;

/**
 * Writes pictures that are adjusted to their reference, each to a file of its own. Stops are
 * rounded to a millionth, so that a whole number of them stays whole and loses no bit.
 */
final class AppliedMatches {
  private static final String NAME = "{}";
  private static final int DECIMALS = 6;

  private final Map<Path, Path> outputs;
  private final FileConverter converter;
  private final @Nullable Domain domain;
  private final @Nullable ExrFormat compressed;
  private final boolean quiet;
  private final Set<String> warnings = new HashSet<>();

  private AppliedMatches(
      Map<Path, Path> outputs,
      FileConverter converter,
      @Nullable Domain domain,
      @Nullable ExrFormat compressed,
      boolean quiet) {
    this.compressed = compressed;
    this.quiet = quiet;
    this.outputs = outputs;
    this.converter = converter;
    this.domain = domain;
  }

  /**
   * The outputs of all pictures.
   *
   * @param quiet whether warnings are left out
   * @throws UsageException if two pictures have one output, or an output is a file that is compared
   * @throws ImageException if no format has an output's ending
   */
  static AppliedMatches of(
      String pattern, MatchOptions options, FileConverter converter, boolean quiet)
      throws UsageException, ImageException {
    Map<Path, Path> outputs = new LinkedHashMap<>();
    Set<Path> taken = new HashSet<>();
    for (MatchOptions.Pair pair : options.pairs()) {
      Path reference = pair.reference();
      if (reference != null) {
        taken.add(real(reference));
      }
      Path picture = pair.picture();
      if (StandardFiles.isStandard(picture)) {
        throw new UsageException("--apply: standard input has no name for a file to write");
      }
      taken.add(real(picture));
    }
    for (Path picture : options.pictures()) {
      Path output = output(pattern, picture);
      if (!taken.add(real(output))) {
        throw new UsageException(
            "--apply: "
                + output
                + " is compared, or written twice; choose a pattern such as matched/{}.exr");
      }
      FormatOptions.checkCompressed(
          Formats.forTarget(output, picture, Formats.all().getFirst()),
          options.compressed(),
          output);
      outputs.put(picture, output);
    }
    return new AppliedMatches(
        outputs, converter, options.request().domain(), options.compressed(), quiet);
  }

  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException absent) {
      return absolute;
    }
  }

  /** A folder's file of the picture's name; or the pattern with the name without its ending. */
  private static Path output(String pattern, Path picture) throws UsageException {
    String name = String.valueOf(picture.getFileName());
    if (Files.isDirectory(Path.of(pattern))) {
      return Path.of(pattern, name);
    }
    if (!pattern.contains(NAME)) {
      throw new UsageException(
          "--apply: '"
              + pattern
              + "' is neither a folder that exists nor a name with {}, which stands for B's name");
    }
    int dot = name.lastIndexOf('.');
    return Path.of(pattern.replace(NAME, dot > 0 ? name.substring(0, dot) : name));
  }

  /** Writes the adjusted picture, and returns its file. */
  Path write(Path picture, PictureMatch match)
      throws ImageException, EngineFailure, InterruptedException {
    Path output = outputs.get(picture);
    if (output == null) {
      throw new IllegalArgumentException(picture + " was not named");
    }
    ImageFormat format = Formats.of(picture);
    AdjustRequest request =
        new AdjustRequest(
            picture,
            output,
            from(picture, format),
            amounts(match),
            false,
            null,
            List.of(),
            List.of(),
            false,
            outputs.size());
    FileReport report =
        converter.adjust(
            request,
            format,
            FormatOptions.compressed(Formats.forTarget(output, picture, format), compressed),
            FileProgress.NONE);
    report.warnings().forEach(this::warn);
    return output;
  }

  /** Says once what holds for several pictures. */
  private void warn(String warning) {
    if (!quiet && warnings.add(warning)) {
      Console.say("stops match: warning: " + warning);
    }
  }

  /** The meaning of the samples, where the file does not say it. */
  private @Nullable Domain from(Path picture, ImageFormat format) throws ImageException {
    try (ImageSource source = format.open(picture)) {
      return source.info().domainKnown() ? null : domain;
    }
  }

  private static List<AdjustRequest.Amount> amounts(PictureMatch match) {
    if (match.allStops().size() == 1) {
      return List.of(new AdjustRequest.Amount("", opposite(match.allStops().getFirst())));
    }
    List<AdjustRequest.Amount> amounts = new ArrayList<>();
    for (Match each : match.matches()) {
      amounts.add(new AdjustRequest.Amount(each.channel(), opposite(each.stops())));
    }
    return amounts;
  }

  private static ExactStops opposite(double stops) {
    return ExactStops.of(
        BigDecimal.valueOf(stops).negate().setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }
}
