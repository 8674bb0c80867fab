package stops.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a file conversion for channels of one layer that were treated alike.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param part name of its part; empty if the file has only one
 * @param layer name of the layer, such as {@code ViewLayer.DiffDir}; empty for channels without a
 *     layer
 * @param channels the names of the channels within the layer, in file order
 * @param from their sample type before
 * @param to their sample type after
 * @param converted whether they were converted or adjusted; otherwise they were copied bit for bit
 * @param reason why they were not converted, in a few words; empty if they were
 * @param stops by how many stops they were made brighter in an adjustment; otherwise empty
 */
public record LayerReport(
    String part,
    String layer,
    List<String> channels,
    String from,
    String to,
    boolean converted,
    String reason,
    String stops) {

  private record Key(
      String part,
      String layer,
      String from,
      String to,
      boolean converted,
      String reason,
      String stops) {
    static Key of(ChannelReport channel) {
      int dot = channel.channel().lastIndexOf('.');
      return new Key(
          channel.part(),
          dot < 0 ? "" : channel.channel().substring(0, dot),
          channel.from(),
          channel.to(),
          channel.converted(),
          channel.reason(),
          channel.stops());
    }
  }

  /** The layers of these channels, in file order. */
  static List<LayerReport> of(List<ChannelReport> channels) {
    Map<Key, List<String>> layers = new LinkedHashMap<>();
    for (ChannelReport channel : channels) {
      String base = channel.channel().substring(channel.channel().lastIndexOf('.') + 1);
      layers.computeIfAbsent(Key.of(channel), key -> new ArrayList<>()).add(base);
    }
    List<LayerReport> reports = new ArrayList<>();
    layers.forEach((key, names) ->
        reports.add(
            new LayerReport(
                key.part,
                key.layer,
                List.copyOf(names),
                key.from,
                key.to,
                key.converted,
                key.reason,
                key.stops)));
    return reports;
  }
}
