package stops.convert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.EngineUse;
import stops.engine.ZeroPolicy;
import stops.image.Domain;
import stops.text.OneLine;

/**
 * The result of a file conversion.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param input the file read
 * @param output the file written
 * @param format the format of the output
 * @param from domain of the converted light in the input
 * @param fromBasis evidence for {@code from}
 * @param to domain of the converted light in the output
 * @param gainStops gain applied, in stops; in an adjustment 0, see {@link ChannelReport#stops}
 * @param zero policy applied to the exposure of zero
 * @param floor the lowest exposure in the output, in stops; null for none
 * @param lost of an adjustment that was to be undone, the number of samples that do not come back;
 *     −1 if the file does not say how many; otherwise 0
 * @param written whether the output was written; false if the policy is to fail and a zero
 *     occurred, or if some samples of an undone adjustment do not come back
 * @param lossless whether the output keeps the samples as they were computed; its compression may
 *     change them
 * @param channels every channel of every part, in file order
 * @param samples number of samples converted
 * @param seconds wall-clock time in seconds, including opening and syncing the files
 * @param engines the work and the faults of each engine
 * @param reason why these engines were chosen
 * @param notes further information for the user, one line each
 * @param warnings what the user should check, one line each: layers that may be light but were
 *     copied, or that were converted but may not be light, and a compression that loses something
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
    @Nullable Double floor,
    long lost,
    boolean written,
    boolean lossless,
    List<ChannelReport> channels,
    long samples,
    double seconds,
    List<EngineUse> engines,
    String reason,
    List<String> notes,
    List<String> warnings) {

  /** A report. Notes and warnings become one line each, whatever names are in them. */
  public FileReport {
    notes = notes.stream().map(OneLine::of).toList();
    warnings = warnings.stream().map(OneLine::of).toList();
  }

  /** Whether the light was adjusted; otherwise it was converted to the other domain. */
  public boolean adjusts() {
    return from == to;
  }

  /**
   * The layers in file order. Channels of a layer with different results are reported separately.
   */
  public List<LayerReport> layers() {
    return LayerReport.of(channels);
  }

  /** The number of samples of all channels that were {@code anomaly}. */
  public long count(Anomaly anomaly) {
    return channels.stream()
        .map(channel -> channel.anomalies().get(anomaly))
        .mapToLong(found -> found == null ? 0 : found.count())
        .sum();
  }
}
