package stops.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.image.Domain;

/**
 * What is to be done to a file.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param input the file to read
 * @param output the file to write; may be the input
 * @param from what the input's light stands for, whatever it says; the other domain than {@code
 *     to}. Null to go by the file: OpenEXR, TIFF and Radiance files hold intensities unless they
 *     say that it is exposures, and a file that cannot say (PFM, raw, an NPY file that is not an
 *     exposure of Stops') is taken for what {@code to} needs
 * @param to what its light is to stand for
 * @param type the sample type of converted channels in the output; null for the default: to
 *     exposure, float32 for float16 and otherwise the channel's own; to intensity, the type that
 *     the exposure file remembers, or the channel's own
 * @param gainStops gain in stops, applied in the same pass
 * @param zero what stands for the exposure of zero
 * @param channels the channels to convert, by name or pattern; empty for the default: light, and to
 *     intensity those that an exposure file remembers as exposures. See {@link LightChannels#of}
 * @param exclude the channels, layers and parts not to convert, by name or pattern; applied last
 * @param force whether to convert a file that says that it already is what is asked for
 * @param alike how many files like this one are converted in the same run, 1 or more; engines are
 *     chosen for all of them together
 */
public record FileRequest(
    Path input,
    Path output,
    @Nullable Domain from,
    Domain to,
    @Nullable SampleType type,
    double gainStops,
    ZeroPolicy zero,
    List<String> channels,
    List<String> exclude,
    boolean force,
    long alike) {

  public FileRequest {
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
    if (alike < 1) {
      throw new IllegalArgumentException("alike must be 1 or more, not " + alike);
    }
  }

  /** A request that goes by what the input says of itself, and excludes nothing. */
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
    this(input, output, null, to, type, gainStops, zero, channels, List.of(), force, alike);
  }

  /**
   * The usual: light channels, default sample types, no gain, −∞ for the exposure of zero, one file
   * by itself.
   */
  public static FileRequest of(Path input, Path output, Domain to) {
    return new FileRequest(input, output, to, null, 0, ZeroPolicy.INF, List.of(), false, 1);
  }

  /** The same with another {@link #from}. */
  public FileRequest withFrom(@Nullable Domain domain) {
    return new FileRequest(
        input, output, domain, to, type, gainStops, zero, channels, exclude, force, alike);
  }

  /** The same with other {@link #channels} and {@link #exclude}. */
  public FileRequest withChannels(List<String> names, List<String> excluded) {
    return new FileRequest(
        input, output, from, to, type, gainStops, zero, names, excluded, force, alike);
  }

  LightChannels lightChannels() {
    return LightChannels.of(channels, exclude);
  }
}
