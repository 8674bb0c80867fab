package stops.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.image.Domain;

/**
 * The parameters of a file conversion.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param input the file to read
 * @param output the file to write; may be the input
 * @param from domain of the input's light, which overrides the file; not the same as {@code to}.
 *     Null to go by the file: OpenEXR, TIFF and Radiance files hold intensities unless they state
 *     exposures. Files that cannot state a domain (PFM, raw, NPY files other than exposures by
 *     Stops) are assumed to hold the domain that {@code to} needs
 * @param to domain of the output's light
 * @param type sample type of converted channels in the output; null for the default. To exposure,
 *     the default is float32 for float16 and otherwise the channel's own type. To intensity, it is
 *     the original type recorded in the exposure file, or else the channel's own type
 * @param gainStops gain in stops, applied in the same pass
 * @param zero value stored for the exposure of zero
 * @param floor the lowest exposure in the output, in stops, from −2100 to 2100: lower ones become
 *     it, and so does that of zero where {@code zero} is a number. Null for none; always null to
 *     intensity
 * @param channels the channels to convert, by name or pattern; empty for the default. The default
 *     is light, or to intensity the channels that an exposure file records as exposures. See {@link
 *     LightChannels#of}
 * @param exclude the channels, layers and parts not to convert, by name or pattern; applied last
 * @param force whether to convert a file that states that it already is in the requested domain
 * @param alike number of similar files converted in the same run, 1 or more; engines are chosen for
 *     all of them together
 */
public record FileRequest(
    Path input,
    Path output,
    @Nullable Domain from,
    Domain to,
    @Nullable SampleType type,
    double gainStops,
    ZeroPolicy zero,
    @Nullable Double floor,
    List<String> channels,
    List<String> exclude,
    boolean force,
    long alike)
    implements PictureRequest {

  public FileRequest {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(zero, "zero");
    channels = List.copyOf(channels);
    exclude = List.copyOf(exclude);
    if (from == to) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "from %s to %s converts nothing; one must be %s", from, to, to.other()));
    }
    if (!(Math.abs(gainStops) <= Conversion.MAX_GAIN_STOPS)) {
      throw new IllegalArgumentException("gain must be from -2100 to 2100 stops, not " + gainStops);
    }
    if (floor != null && !(Math.abs(floor) <= Conversion.MAX_GAIN_STOPS)) {
      throw new IllegalArgumentException("floor must be from -2100 to 2100 stops, not " + floor);
    }
    if (floor != null && to == Domain.INTENSITY) {
      throw new IllegalArgumentException("only exposures have a floor, not intensities");
    }
    if (alike < 1) {
      throw new IllegalArgumentException("alike must be 1 or more, not " + alike);
    }
  }

  /** A request that takes the domain from the input and excludes nothing. */
  public FileRequest(
      Path input,
      Path output,
      Domain to,
      @Nullable SampleType type,
      double gainStops,
      ZeroPolicy zero,
      List<String> channels,
      boolean force,
      long alike) {
    this(input, output, null, to, type, gainStops, zero, null, channels, List.of(), force, alike);
  }

  /**
   * A request with the defaults: light channels, default sample types, no gain, −∞ for the exposure
   * of zero, a single file.
   */
  public static FileRequest of(Path input, Path output, Domain to) {
    return new FileRequest(input, output, to, null, 0, ZeroPolicy.INF, List.of(), false, 1);
  }

  /** A copy with another {@link #from}. */
  public FileRequest withFrom(@Nullable Domain domain) {
    return new FileRequest(
        input, output, domain, to, type, gainStops, zero, floor, channels, exclude, force, alike);
  }

  /** A copy with other {@link #channels} and {@link #exclude}. */
  public FileRequest withChannels(List<String> names, List<String> excluded) {
    return new FileRequest(
        input, output, from, to, type, gainStops, zero, floor, names, excluded, force, alike);
  }

  /** A copy with another {@link #floor}. */
  public FileRequest withFloor(@Nullable Double stops) {
    return new FileRequest(
        input, output, from, to, type, gainStops, zero, stops, channels, exclude, force, alike);
  }
}
