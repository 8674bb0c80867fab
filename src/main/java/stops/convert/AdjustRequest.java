package stops.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.image.Domain;

/**
 * The parameters of an adjustment of a file's light by a number of stops.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param input the file to read
 * @param output the file to write; may be the input
 * @param from domain of the input's light, which overrides the file; null to go by the file. Files
 *     that cannot state a domain (PFM, raw, NPY files of others) are taken to hold intensities
 * @param amounts by how many stops which channels become brighter. Of several amounts for a channel
 *     the last one counts. Empty to undo
 * @param undo whether to take back the adjustments that the file remembers
 * @param type sample type of adjusted channels in the output; null for that of the input
 * @param channels the channels to adjust by an amount that is for all, by name or pattern; empty
 *     for the default, which is light
 * @param exclude the channels, layers and parts not to adjust, by name or pattern; applied last
 * @param force whether to undo also where some samples do not come back
 * @param alike number of similar files adjusted in the same run, 1 or more
 */
public record AdjustRequest(
    Path input,
    Path output,
    @Nullable Domain from,
    List<Amount> amounts,
    boolean undo,
    @Nullable SampleType type,
    List<String> channels,
    List<String> exclude,
    boolean force,
    long alike)
    implements PictureRequest {

  /**
   * A number of stops for some channels.
   *
   * @param channel a name or pattern of channels; empty for all that are light, or are named
   *     otherwise
   * @param stops by how many stops they become brighter
   */
  public record Amount(String channel, ExactStops stops) {}

  public AdjustRequest {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    amounts = List.copyOf(amounts);
    channels = List.copyOf(channels);
    exclude = List.copyOf(exclude);
    if (amounts.isEmpty() != undo) {
      throw new IllegalArgumentException(
          undo ? "an adjustment is undone by what the file remembers" : "no amount of stops");
    }
    if (alike < 1) {
      throw new IllegalArgumentException("alike must be 1 or more, not " + alike);
    }
  }

  /** An adjustment of all light by the same number of stops. */
  public static AdjustRequest of(Path input, Path output, ExactStops stops) {
    return new AdjustRequest(
        input,
        output,
        null,
        List.of(new Amount("", stops)),
        false,
        null,
        List.of(),
        List.of(),
        false,
        1);
  }

  /** A request to take back what the file remembers. */
  public static AdjustRequest undo(Path input, Path output) {
    return new AdjustRequest(
        input, output, null, List.of(), true, null, List.of(), List.of(), false, 1);
  }
}
