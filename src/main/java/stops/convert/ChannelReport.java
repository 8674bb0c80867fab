package stops.convert;

import java.util.Map;
import stops.engine.Anomaly;

/**
 * The result of a file conversion for one channel.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param part name of its part; empty if the file has only one
 * @param channel name of the channel
 * @param from its sample type before
 * @param to its sample type after
 * @param converted whether it was converted or adjusted; otherwise it was copied bit for bit
 * @param reason why it was not converted, in a few words; empty if it was
 * @param stops by how many stops it was made brighter in an adjustment, exactly, such as {@code
 *     +1/3}; otherwise empty
 * @param samples number of its samples
 * @param anomalies its unusual samples by kind; kinds that did not occur are absent
 */
public record ChannelReport(
    String part,
    String channel,
    String from,
    String to,
    boolean converted,
    String reason,
    String stops,
    long samples,
    Map<Anomaly, Found> anomalies) {

  /**
   * The unusual samples of one kind.
   *
   * @param count number of samples, 1 or more
   * @param first place of the first one
   */
  public record Found(long count, Pixel first) {}

  /**
   * A pixel of a part.
   *
   * @param x column in the coordinates of the data window, rightwards
   * @param y row in the coordinates of the data window, downwards
   */
  public record Pixel(long x, long y) {}
}
