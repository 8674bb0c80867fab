package stops.convert;

import java.util.Map;
import stops.engine.Anomaly;

/**
 * What happened to one channel.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param part name of its part; empty if the file has only one
 * @param channel its name
 * @param from its sample type before
 * @param to its sample type after
 * @param converted whether it was converted; if not it was copied bit for bit
 * @param reason why it was not, in a few words; empty if it was
 * @param samples how many samples it has
 * @param anomalies what was unusual; kinds that did not occur are absent
 */
public record ChannelReport(
    String part,
    String channel,
    String from,
    String to,
    boolean converted,
    String reason,
    long samples,
    Map<Anomaly, Found> anomalies) {

  /**
   * Samples of one kind.
   *
   * @param count how many, 1 or more
   * @param first where the first one is
   */
  public record Found(long count, Pixel first) {}

  /**
   * A place in a part.
   *
   * @param x column in data window coordinates
   * @param y row, downwards
   */
  public record Pixel(long x, long y) {}
}
