package stops.display;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.convert.LightChannels;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;

/**
 * What a file has to show. Red, green and blue of a layer are shown as colour; every other channel
 * is shown as grey, by itself. Light comes first.
 */
public final class Layers {
  private static final int MOST = 256;
  private static final List<List<String>> COLOURS =
      List.of(
          List.of("r", "red"), List.of("g", "green"), List.of("b", "blue"), List.of("a", "alpha"));

  private final ImageInfo info;
  private final @Nullable Domain from;
  private final List<List<LightChannels.Choice>> light;
  private final List<Layer> found = new ArrayList<>();

  private Layers(ImageInfo info, @Nullable Domain from) {
    this.info = info;
    this.from = from;
    light = LightChannels.byDefault().of(info);
  }

  /**
   * The layers of a file, light first.
   *
   * @param from domain of its light; null to go by the file
   */
  public static List<Layer> of(ImageInfo info, @Nullable Domain from) {
    Layers layers = new Layers(info, from);
    for (int p = 0; p < info.parts().size(); p++) {
      layers.addPart(p);
    }
    return layers.found.stream()
        .sorted(Comparator.comparing(layer -> !layer.light()))
        .limit(MOST)
        .toList();
  }

  private void addPart(int p) {
    List<Channel> channels = info.parts().get(p).channels();
    Map<String, List<Integer>> byLayer = new LinkedHashMap<>();
    for (int c = 0; c < channels.size(); c++) {
      byLayer.computeIfAbsent(layer(channels.get(c)), name -> new ArrayList<>()).add(c);
    }
    byLayer.forEach((name, members) -> addLayer(p, name, members));
  }

  private void addLayer(int p, String name, List<Integer> members) {
    List<Integer> colour = new ArrayList<>();
    for (List<String> names : COLOURS) {
      members.stream()
          .filter(c -> names.contains(shortName(channel(p, c))))
          .findFirst()
          .ifPresent(colour::add);
    }
    boolean isColour =
        colour.size() >= 3
            && members.stream().filter(c -> isPrimary(channel(p, c))).count() == 3
            && isPrimary(channel(p, colour.get(2)));
    if (isColour) {
      found.add(make(p, name.isEmpty() ? "RGB" : name + ".RGB", colour));
    }
    for (int c : members) {
      if (!isColour || !isPrimary(channel(p, c))) {
        found.add(make(p, channel(p, c).name(), List.of(c)));
      }
    }
  }

  private Layer make(int p, String name, List<Integer> channels) {
    Part part = info.parts().get(p);
    List<Boolean> exposures = channels.stream().map(c -> isExposure(p, c)).toList();
    boolean half = channels.stream().allMatch(c -> shownType(p, c) == SampleType.FLOAT16);
    return new Layer(
        p,
        part.name().isEmpty() ? name : part.name() + "/" + name,
        List.copyOf(channels),
        exposures,
        half,
        channels.stream().limit(3).allMatch(c -> light.get(p).get(c).light()));
  }

  /** An exposure file that Stops made names the channels that were converted. */
  private boolean isExposure(int p, int c) {
    Domain domain = from == null ? info.domain() : from;
    boolean converted =
        info.origins().isEmpty()
            ? light.get(p).get(c).light()
            : info.origins().containsKey(key(p, c));
    return domain == Domain.EXPOSURE && channel(p, c).type() != null && converted;
  }

  /** The type in which a channel's intensities are shown: its own, or the one it came from. */
  private @Nullable SampleType shownType(int p, int c) {
    return isExposure(p, c)
        ? info.origins().getOrDefault(key(p, c), SampleType.FLOAT32)
        : channel(p, c).type();
  }

  private String key(int p, int c) {
    return ImageInfo.originKey(info.parts().get(p), channel(p, c));
  }

  private Channel channel(int p, int c) {
    return info.parts().get(p).channels().get(c);
  }

  private static boolean isPrimary(Channel channel) {
    return COLOURS.subList(0, 3).stream().anyMatch(names -> names.contains(shortName(channel)));
  }

  private static String layer(Channel channel) {
    return channel.name().substring(0, Math.max(0, channel.name().lastIndexOf('.')));
  }

  private static String shortName(Channel channel) {
    return channel.name().substring(channel.name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
