package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.FrameSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.UsageException;
import stops.format.ExrFormat;
import stops.image.Domain;
import stops.match.MatchRequest;
import stops.sequence.FramePattern;

/**
 * What {@code stops match} is asked for.
 *
 * @param reference the picture to compare with, or the pattern of its frames; null to compare with
 *     {@code value}
 * @param pairs the pictures that are compared, each with its reference
 * @param value the intensity to compare with where there is no reference
 * @param byMetadata whether metadata are compared instead of pixels
 * @param request how pixels are compared
 * @param cdl the file for the corrections; null for none
 * @param apply the pattern of the names of adjusted pictures; null to write none
 * @param compressed the format of adjusted EXR files with a compression of their own; null for the
 *     usual one
 */
record MatchOptions(
    @Nullable Path reference,
    List<Pair> pairs,
    double value,
    boolean byMetadata,
    MatchRequest request,
    @Nullable Path cdl,
    @Nullable String apply,
    @Nullable ExrFormat compressed) {
  private static final int MOST_FILES = Integer.MAX_VALUE;
  private static final List<String> OF_PIXELS =
      List.of(
          "per-channel", "distribution", "roi", "mask", "floor", "clip", "channels", "from", "to");

  /**
   * A picture that is compared.
   *
   * @param reference what it is compared with; null for a value
   */
  record Pair(@Nullable Path reference, Path picture) {}

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "frames",
              "RANGES",
              "Sequences: these frames, such as 1001-1100 or 1-99x2. B then has %04d, #### or @ "
                  + "where the frame's number is. REF may have it too, or be one picture for all."),
          Syntax.flag(
              "per-channel",
              "One number for each channel; what a white balance would change shows. Default: one "
                  + "number, by luminance."),
          Syntax.flag(
              "distribution",
              "Compare quantiles of the exposures instead of pixels, for pictures that are moved, "
                  + "cropped or framed differently."),
          Syntax.value("roi", "X,Y,W,H", "Only this region, in data window coordinates."),
          Syntax.value(
              "mask", "FILE", "Only pixels in which the first channel of FILE is above 0.5."),
          Syntax.value(
              "floor",
              "STOPS",
              "Leave out what is darker than this exposure in REF. Default: where noise grows."),
          Syntax.value(
              "clip",
              "STOPS",
              "Take samples from this exposure on as clipped, in all pictures. Default: where "
                  + "samples pile up at the greatest."),
          Syntax.value(
              "to",
              "VALUE",
              "Compare with this intensity instead of REF: the geometric mean of the picture or "
                  + "region."),
          Syntax.value(
              "by",
              "WHAT",
              "pixels (the default), or metadata: shutter, aperture and ISO of the files."),
          Syntax.value("channels", "NAMES", "The channels to compare. Default: R, G and B, or Y."),
          Syntax.value(
              "from",
              "DOMAIN",
              "What samples mean in files that do not say: intensity (the default) or exposure."),
          Syntax.value(
              "cdl",
              "FILE",
              "Write the ASC CDL slope that brings each B to REF: FILE.cc, .ccc or .cdl."),
          Syntax.value(
              "apply",
              "PATTERN",
              "Write each B, adjusted to REF, into this folder, or under this name, in which {} "
                  + "stands for B's name without its ending: 'matched/{}.exr'."),
          FormatOptions.COMPRESSION);

  static MatchOptions of(Arguments given) throws UsageException {
    String value = given.value("to");
    List<Path> files =
        value == null ? given.files(2, MOST_FILES, "REF", "B") : given.files(1, MOST_FILES, "B");
    boolean byMetadata = byMetadata(given);
    Path reference = value == null ? files.getFirst() : null;
    List<Pair> pairs =
        pairs(given, reference, value == null ? files.subList(1, files.size()) : files);
    Path cdl = given.path("cdl");
    if (cdl != null) {
      CorrectionFile.check(cdl, pairs.size());
    }
    return new MatchOptions(
        reference,
        pairs,
        value == null ? 1 : value(given),
        byMetadata,
        request(given),
        cdl,
        given.value("apply"),
        FormatOptions.compressed(given));
  }

  /** The pictures, each with its reference: frame by frame where there are frames. */
  private static List<Pair> pairs(Arguments given, @Nullable Path reference, List<Path> pictures)
      throws UsageException {
    String ranges = given.value("frames");
    if (ranges == null) {
      FrameSyntax.checkSingle(given.files(1, MOST_FILES, "B"));
      return pictures.stream().map(picture -> new Pair(reference, picture)).toList();
    }
    FramePattern references =
        reference == null ? null : FramePattern.of(reference.toString()).orElse(null);
    List<FramePattern> patterns = new ArrayList<>();
    for (Path picture : pictures) {
      patterns.add(FrameSyntax.pattern("B", picture));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int number : FrameSyntax.numbers(ranges)) {
      for (FramePattern pattern : patterns) {
        pairs.add(
            new Pair(
                references == null ? reference : references.file(number), pattern.file(number)));
      }
    }
    return List.copyOf(pairs);
  }

  /** All files that are compared. */
  List<Path> pictures() {
    return pairs.stream().map(Pair::picture).toList();
  }

  private static boolean byMetadata(Arguments given) throws UsageException {
    switch (given.value("by", "pixels").toLowerCase(Locale.ROOT)) {
      case "pixels" -> {
        return false;
      }
      case "metadata" -> {
        for (String option : OF_PIXELS) {
          if (given.has(option)) {
            throw new UsageException(
                "--" + option + " is about pixels, and --by metadata looks at none");
          }
        }
        return true;
      }
      default ->
          throw new UsageException(
              "--by: '" + given.value("by") + "' is neither pixels nor metadata");
    }
  }

  private static double value(Arguments given) throws UsageException {
    double value = given.number("to", 1);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new UsageException("--to must be an intensity above 0, such as 0.18");
    }
    if (given.has("distribution")) {
      throw new UsageException("--to compares with a value, and --distribution with a picture");
    }
    return value;
  }

  private static MatchRequest request(Arguments given) throws UsageException {
    String from = given.value("from");
    Domain domain = from == null ? null : ValueSyntax.domain("--from", from);
    String region = given.value("roi");
    return MatchRequest.byDefault()
        .withPerChannel(given.has("per-channel"))
        .withDistribution(given.has("distribution"))
        .withRegion(region == null ? null : ValueSyntax.window("--roi", region), given.path("mask"))
        .withLimits(stops(given, "floor"), stops(given, "clip"))
        .withChannels(given.names("channels"))
        .withDomain(domain);
  }

  private static @Nullable Double stops(Arguments given, String option) throws UsageException {
    if (!given.has(option)) {
      return null;
    }
    double stops = given.number(option, 0);
    if (Double.isNaN(stops)) {
      throw new UsageException("--" + option + " must be a number of stops, such as -6");
    }
    return stops;
  }
}
