package stops.stats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stops.convert.LightChannels;
import stops.engine.EngineFailure;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.stats.ChannelStatistics.Meaning;
import stops.strip.StripWorkers;

/** Computes the statistics of all channels of a file, strip by strip. */
public final class FileStatistics {
  private FileStatistics() {}

  /**
   * The statistics of every channel, in file order. Samples of light are exposures if the file says
   * so, else intensities.
   *
   * @param path the file's name for messages
   * @throws ImageException if the file is damaged
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static List<ChannelStatistics> of(Path path, ImageSource source, StripWorkers workers)
      throws ImageException, InterruptedException {
    ImageInfo info = source.info();
    List<List<Distribution>> all = new ArrayList<>();
    for (Part part : info.parts()) {
      all.add(part.channels().stream().map(channel -> new Distribution()).toList());
    }
    try {
      workers.forEach(
          path,
          source.strips(),
          source.stripBytes() + source.bufferBytes(),
          (index, memory) -> {
            try {
              add(source.read(index, memory), info, all);
            } catch (InternalError e) {
              // The JVM throws this for a mapped file that has become shorter.
              throw ImageException.input(
                  path, "was truncated by another program while it was read; run it again", e);
            }
          });
    } catch (EngineFailure impossible) {
      throw new AssertionError("no engine is at work", impossible);
    }
    return statistics(info, all);
  }

  private static void add(Strip strip, ImageInfo info, List<List<Distribution>> all) {
    List<Channel> channels = info.parts().get(strip.part()).channels();
    for (Plane plane : strip.planes()) {
      for (int c = 0; c < plane.channels(); c++) {
        int channel = plane.firstChannel() + c;
        Distribution found = new Distribution();
        found.add(
            channels.get(channel).type(), plane.samples(), c, plane.channels(), plane.count());
        Distribution sum = all.get(strip.part()).get(channel);
        synchronized (sum) {
          sum.add(found);
        }
      }
    }
  }

  private static List<ChannelStatistics> statistics(ImageInfo info, List<List<Distribution>> all) {
    List<ChannelStatistics> statistics = new ArrayList<>();
    List<List<LightChannels.Choice>> light = LightChannels.byDefault().of(info);
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        statistics.add(
            ChannelStatistics.of(
                part.name(),
                channel.name(),
                meaning(info, part, channel, light.get(p).get(c).light()),
                all.get(p).get(c)));
      }
    }
    return statistics;
  }

  /**
   * The meaning of a channel's samples. An exposure file that Stops made names the channels that
   * were converted.
   *
   * @param light whether the channel is light by default
   */
  private static Meaning meaning(ImageInfo info, Part part, Channel channel, boolean light) {
    if (info.domain() == Domain.INTENSITY) {
      return light ? Meaning.INTENSITY : Meaning.VALUE;
    }
    boolean converted =
        info.origins().isEmpty()
            ? light
            : info.origins().containsKey(ImageInfo.originKey(part, channel));
    return converted ? Meaning.EXPOSURE : light ? Meaning.INTENSITY : Meaning.VALUE;
  }
}
