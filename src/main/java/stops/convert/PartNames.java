package stops.convert;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stops.convert.LightChannels.Choice;
import stops.image.Channel;
import stops.image.Part;

/**
 * Decides by the names of a part, its layers and its channels which channels are light. See {@link
 * LightChannels}.
 */
final class PartNames {
  private static final Set<String> COLOURS = Set.of("r", "g", "b", "red", "green", "blue");
  private static final List<String> ALPHAS = List.of("a", "alpha");
  private static final String UNKNOWN = "unknown name";
  private static final int COLOURS_OF_LAYER = 3;

  private final boolean cryptomatte;
  private final Map<String, Layer> layers = new HashMap<>();

  /**
   * A layer.
   *
   * @param name its name, or an empty text
   * @param data the kind of data that it holds, if it is not light
   * @param doubtful whether its name ends like that of light
   * @param channels the names of its channels within it, in lower case
   */
  private record Layer(String name, Optional<String> data, boolean doubtful, Set<String> channels) {

    boolean isNamed() {
      return !name.isEmpty();
    }

    boolean hasAny(String... names) {
      return List.of(names).stream().anyMatch(channels::contains);
    }

    /**
     * Whether a channel is luminance: Y, unless the layer has other coordinates. Outside of named
     * layers, Z is the depth of the picture, not a coordinate.
     */
    boolean isLuminance(String channel) {
      boolean vector = hasAny("x", "u", "v") || (isNamed() && hasAny("z"));
      return channel.equals("y") && !vector;
    }

    /** The number of channels other than alpha. */
    long colours() {
      return channels.size() - ALPHAS.stream().filter(channels::contains).count();
    }
  }

  PartNames(Part part, Cryptomattes cryptomattes) {
    cryptomatte = cryptomattes.have(part.name()) || DataNames.isCryptomatte(part.name());
    DataNames.Saying saying = DataNames.saying(part.name());
    for (Channel channel : part.channels()) {
      layers
          .computeIfAbsent(
              LightChannels.layer(channel), name -> layer(name, part.name(), saying, cryptomattes))
          .channels()
          .add(base(channel).toLowerCase(Locale.ROOT));
    }
  }

  private static Layer layer(
      String name, String part, DataNames.Saying partSays, Cryptomattes cryptomattes) {
    boolean ids = cryptomattes.have(name) || DataNames.isCryptomatte(name);
    return new Layer(
        name,
        ids ? Optional.of(DataNames.CRYPTOMATTE) : DataNames.saying(name).or(partSays).kind(),
        DataNames.endsAsLight(name.isEmpty() ? part : name),
        new HashSet<>());
  }

  /** Whether a channel of the part is light. */
  Choice choose(Channel channel) {
    Layer layer = layers.get(LightChannels.layer(channel));
    if (layer == null) {
      throw new IllegalArgumentException(channel + " is not in this part");
    }
    if (cryptomatte) {
      return Choice.left(DataNames.CRYPTOMATTE);
    }
    String base = base(channel);
    String lower = base.toLowerCase(Locale.ROOT);
    if (COLOURS.contains(lower) || layer.isLuminance(lower)) {
      return layer
          .data()
          .map(kind -> new Choice(false, kind, layer.doubtful()))
          .orElse(Choice.LIGHT);
    }
    return layer
        .data()
        .or(() -> kindOfChannel(base, layer))
        .map(Choice::left)
        .orElseGet(() -> new Choice(false, UNKNOWN, looksLikeLight(layer, base)));
  }

  private static Optional<String> kindOfChannel(String base, Layer layer) {
    return switch (base.toLowerCase(Locale.ROOT)) {
      case "a", "alpha", "ar", "ag", "ab" -> Optional.of("alpha");
      case "ry", "by" -> Optional.of("chroma");
      case "z" ->
          Optional.of(
              layer.hasAny("x") || layer.isNamed() && layer.hasAny("y") ? "vectors" : "depth");
      case "x", "y", "u", "v", "w" -> Optional.of("vectors");
      default -> LightChannels.isNumber(base) ? Optional.of("unnamed") : DataNames.kind(base);
    };
  }

  private static boolean looksLikeLight(Layer layer, String base) {
    return DataNames.namesLight(layer.name() + " " + base)
        || COLOURS.contains(LayerName.of(base).last())
        || (layer.isNamed() && layer.colours() == COLOURS_OF_LAYER);
  }

  private static String base(Channel channel) {
    return channel.name().substring(channel.name().lastIndexOf('.') + 1);
  }
}
