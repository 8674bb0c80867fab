package stops.convert;

import java.util.List;
import stops.engine.Anomaly;
import stops.engine.EngineUse;
import stops.engine.ZeroPolicy;
import stops.image.Domain;

/**
 * What a file conversion did.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param input the file read
 * @param output the file written
 * @param format the format of the output
 * @param from what the light that was converted stood for
 * @param fromBasis how that is known
 * @param to what it stands for in the output
 * @param gainStops gain in stops that was applied
 * @param zero what was stored for the exposure of zero
 * @param written whether the output was written; it was not if zeros were to fail and there were
 *     any
 * @param channels every channel of every part, in file order
 * @param samples how many samples were converted
 * @param seconds wall-clock time, opening and syncing the files included
 * @param engines what each engine did, and what went wrong on it
 * @param reason why these engines did it
 * @param notes what else a user should know, a line each
 * @param warnings what a user should look at, a line each: layers that may be light and were left,
 *     or that were converted and may be none
 */
public record FileReport(
    String input,
    String output,
    String format,
    Domain from,
    DomainBasis fromBasis,
    Domain to,
    double gainStops,
    ZeroPolicy zero,
    boolean written,
    List<ChannelReport> channels,
    long samples,
    double seconds,
    List<EngineUse> engines,
    String reason,
    List<String> notes,
    List<String> warnings) {

  /** What became of each layer, in file order: its channels, or those of which the same became. */
  public List<LayerReport> layers() {
    return LayerReport.of(channels);
  }

  /** How many samples of all channels were {@code anomaly}. */
  public long count(Anomaly anomaly) {
    return channels.stream()
        .map(channel -> channel.anomalies().get(anomaly))
        .mapToLong(found -> found == null ? 0 : found.count())
        .sum();
  }
}
