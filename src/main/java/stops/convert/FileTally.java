package stops.convert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import stops.engine.Anomaly;
import stops.engine.Tally;
import stops.image.Channel;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;

/**
 * Sums up the tallies of a file's strips by channel. For each anomaly it keeps the first place in
 * file order, independent of the order in which strips are done. Thread-safe.
 */
final class FileTally {
  private final List<Part> parts;
  private final List<List<Entry>> entries = new ArrayList<>();

  private static final class Entry {
    long samples;
    final Map<Anomaly, Long> counts = new EnumMap<>(Anomaly.class);
    final Map<Anomaly, Place> firsts = new EnumMap<>(Anomaly.class);
  }

  private record Place(int strip, ChannelReport.Pixel pixel) {}

  FileTally(List<Part> parts) {
    this.parts = parts;
    for (Part part : parts) {
      List<Entry> list = new ArrayList<>();
      part.channels().forEach(channel -> list.add(new Entry()));
      entries.add(list);
    }
  }

  /** Adds the samples of one converted channel of a plane, with their anomalies. */
  synchronized void add(Strip strip, Plane plane, int channelInPlane, Tally tally) {
    int channel = plane.firstChannel() + channelInPlane;
    Entry entry = entries.get(strip.part()).get(channel);
    entry.samples += plane.count() / plane.channels();
    for (Anomaly anomaly : Anomaly.values()) {
      long count = tally.count(channelInPlane, anomaly);
      if (count > 0) {
        entry.counts.merge(anomaly, count, Long::sum);
        Place known = entry.firsts.get(anomaly);
        if (known == null || known.strip > strip.index()) {
          entry.firsts.put(
              anomaly,
              new Place(
                  strip.index(),
                  pixel(
                      strip,
                      plane,
                      parts.get(strip.part()).channels().get(channel),
                      tally.first(channelInPlane, anomaly))));
        }
      }
    }
  }

  /** Adds the samples of a copied channel. */
  synchronized void addCopied(Strip strip, Plane plane, int channelInPlane) {
    entries.get(strip.part()).get(plane.firstChannel() + channelInPlane).samples +=
        plane.count() / plane.channels();
  }

  private static ChannelReport.Pixel pixel(Strip strip, Plane plane, Channel channel, long sample) {
    long column = sample % plane.rowSamples() / plane.channels();
    long row = sample / plane.rowSamples();
    return new ChannelReport.Pixel(
        firstMultiple(strip.window().xMin(), channel.xSampling()) + column * channel.xSampling(),
        firstMultiple(strip.window().yMin(), channel.ySampling()) + row * channel.ySampling());
  }

  private static long firstMultiple(long from, int step) {
    return Math.ceilDiv(from, (long) step) * step;
  }

  /** The number of samples of the channel in all strips added so far. */
  synchronized long samples(int part, int channel) {
    return entries.get(part).get(channel).samples;
  }

  /** The anomalies of the channel in all strips added so far. */
  synchronized Map<Anomaly, ChannelReport.Found> found(int part, int channel) {
    Entry entry = entries.get(part).get(channel);
    Map<Anomaly, ChannelReport.Found> found = new EnumMap<>(Anomaly.class);
    entry.firsts.forEach((anomaly, place) ->
        found.put(
            anomaly,
            new ChannelReport.Found(
                Objects.requireNonNull(entry.counts.get(anomaly)), place.pixel)));
    return found;
  }
}
