package stops.convert;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.image.Domain;

/**
 * What is to be done to a file.
 *
 * @param input the file to read
 * @param output the file to write; may be the input
 * @param to what its light is to stand for
 * @param type the sample type of converted channels in the output; null for the default: to
 *     exposure, float32 for float16 and otherwise the channel's own; to intensity, the type that
 *     the exposure file remembers, or the channel's own
 * @param gainStops gain in stops, applied in the same pass
 * @param zero what stands for the exposure of zero
 * @param channels the channels to convert, by name or pattern; empty for the light ones
 * @param force whether to convert a file that says that it already is what is asked for
 * @param alike how many files like this one are converted in the same run, 1 or more; engines are
 *     chosen for all of them together
 */
public record FileRequest(
    Path input,
    Path output,
    Domain to,
    @Nullable SampleType type,
    double gainStops,
    ZeroPolicy zero,
    List<String> channels,
    boolean force,
    long alike) {

  public FileRequest {
    channels = List.copyOf(channels);
    if (!(Math.abs(gainStops) <= Conversion.MAX_GAIN_STOPS)) {
      throw new IllegalArgumentException("gain must be from -2100 to 2100 stops, not " + gainStops);
    }
    if (alike < 1) {
      throw new IllegalArgumentException("alike must be 1 or more, not " + alike);
    }
  }

  /**
   * The usual: light channels, default sample types, no gain, −∞ for the exposure of zero, one file
   * by itself.
   */
  public static FileRequest of(Path input, Path output, Domain to) {
    return new FileRequest(input, output, to, null, 0, ZeroPolicy.INF, List.of(), false, 1);
  }
}
