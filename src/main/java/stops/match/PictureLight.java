package stops.match;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stops.convert.LightChannels;
import stops.display.LuminanceWeights;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.Part;

/**
 * The light of a picture that is compared: channels of its first part that has light, in the order
 * red, green, blue.
 *
 * @param index of the part in its file
 * @param part the part
 * @param channels the indices in the part of the channels
 * @param weights the shares of the channels in luminance; empty where there is no luminance
 * @param exposures for each channel, whether its samples are exposures in stops; else intensities
 */
record PictureLight(
    int index, Part part, List<Integer> channels, List<Double> weights, List<Boolean> exposures) {
  private static final int MOST_CHANNELS = 16;
  private static final List<List<String>> PRIMARIES =
      List.of(List.of("r", "red"), List.of("g", "green"), List.of("b", "blue"));

  /**
   * The light of a file.
   *
   * @throws ImageException if there is none, or no luminance although the request is for it
   */
  static PictureLight of(Path path, ImageInfo info, MatchRequest request) throws ImageException {
    List<List<LightChannels.Choice>> light =
        LightChannels.of(request.channels(), List.of()).of(info);
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      List<Integer> chosen = new ArrayList<>();
      for (int c = 0; c < part.channels().size(); c++) {
        if (light.get(p).get(c).light()) {
          chosen.add(c);
        }
      }
      if (!chosen.isEmpty()) {
        return of(path, info, p, request, chosen);
      }
    }
    throw ImageException.input(
        path,
        request.channels().isEmpty()
            ? "has no light to compare; name its channels with --channels"
            : "has none of the channels " + String.join(", ", request.channels()));
  }

  private static PictureLight of(
      Path path, ImageInfo info, int index, MatchRequest request, List<Integer> chosen)
      throws ImageException {
    Part part = info.parts().get(index);
    List<Integer> layer = ordered(part, oneLayer(part, chosen));
    boolean colour = layer.size() == 3 && isColour(part, layer);
    if (!request.perChannel() && layer.size() > 1 && !colour) {
      throw ImageException.input(
          path,
          String.format(
              Locale.ROOT,
              "has no luminance: its channels %s are not R, G and B; name one with --channels, or "
                  + "compare each with --per-channel",
              String.join(", ", layer.stream().map(c -> part.channels().get(c).name()).toList())));
    }
    if (layer.size() > MOST_CHANNELS) {
      throw ImageException.input(
          path,
          String.format(
              Locale.ROOT,
              "%d channels are too many to compare; name up to %d with --channels",
              layer.size(),
              MOST_CHANNELS));
    }
    List<Boolean> exposures = new ArrayList<>();
    for (int c : layer) {
      Channel channel = part.channels().get(c);
      if (channel.xSampling() != 1 || channel.ySampling() != 1) {
        throw ImageException.input(
            path,
            String.format(
                Locale.ROOT,
                "channel %s has no sample in every pixel; name others with --channels",
                channel.name()));
      }
      exposures.add(isExposure(info, part, channel, request));
    }
    List<Double> weights = new ArrayList<>();
    if (colour) {
      for (double weight : LuminanceWeights.of(part)) {
        weights.add(weight);
      }
    } else if (layer.size() == 1) {
      weights.add(1.0);
    }
    return new PictureLight(
        index, part, List.copyOf(layer), List.copyOf(weights), List.copyOf(exposures));
  }

  /** The channels without a layer, if there are such; else those of the first one's layer. */
  private static List<Integer> oneLayer(Part part, List<Integer> chosen) {
    List<String> layers = chosen.stream().map(c -> layer(part, c)).toList();
    String first = layers.contains("") ? "" : layers.getFirst();
    return chosen.stream().filter(c -> layer(part, c).equals(first)).toList();
  }

  private static String layer(Part part, int channel) {
    String name = part.channels().get(channel).name();
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** The place of a primary among red, green and blue; behind them for other channels. */
  private static int place(Part part, int channel) {
    String name = part.channels().get(channel).name().toLowerCase(Locale.ROOT);
    String last = name.substring(name.lastIndexOf('.') + 1);
    for (int i = 0; i < PRIMARIES.size(); i++) {
      if (PRIMARIES.get(i).contains(last)) {
        return i;
      }
    }
    return PRIMARIES.size();
  }

  private static List<Integer> ordered(Part part, List<Integer> layer) {
    return layer.stream()
        .sorted((a, b) ->
            place(part, a) == place(part, b)
                ? Integer.compare(a, b)
                : Integer.compare(place(part, a), place(part, b)))
        .toList();
  }

  private static boolean isColour(Part part, List<Integer> layer) {
    for (int i = 0; i < layer.size(); i++) {
      if (place(part, layer.get(i)) != i) {
        return false;
      }
    }
    return true;
  }

  /** An exposure file that Stops made names the channels that were converted. */
  private static boolean isExposure(
      ImageInfo info, Part part, Channel channel, MatchRequest request) {
    if (!info.domainKnown()) {
      return request.domain() == Domain.EXPOSURE;
    }
    return info.domain() == Domain.EXPOSURE
        && (info.origins().isEmpty()
            || info.origins().containsKey(ImageInfo.originKey(part, channel)));
  }

  /** The name of the channel at a place of {@link #channels}. */
  String name(int place) {
    return part.channels().get(channels.get(place)).name();
  }

  boolean hasLuminance() {
    return !weights.isEmpty();
  }
}
