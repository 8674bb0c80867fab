package stops.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import stops.image.Channel;
import stops.image.ImageInfo;
import stops.image.Part;

/**
 * Decides which channels of a file are light, and are converted, and which are left alone.
 *
 * <p>By default light is R, G and B of any layer, in upper or lower case or spelled out, and Y
 * where its layer has no X and no Z (a normal's or a position's Y is not light). Alpha, chroma (RY,
 * BY), depth, ids and vectors are not. Whatever its channels are called, a layer or part is not
 * light that is named as normals, positions, vectors, texture coordinates, depth, ids, masks,
 * occlusion or a measurement (see {@link DataNames}), or that is a Cryptomatte's by its name or by
 * a manifest in any part. A picture whose channels are only numbered is all light, and so is a
 * NumPy array of two channels, since nothing says that one of them is alpha.
 */
public final class LightChannels {
  static final String ALPHA = "alpha";
  static final String UNKNOWN = "unknown name";
  static final String EXCLUDED = "excluded";
  static final String NOT_NAMED = "not among the named channels";

  private static final Set<String> COLOURS = Set.of("r", "g", "b", "red", "green", "blue");
  private static final int LIGHT_LAYER = 3;

  private final NamePatterns named;
  private final NamePatterns excluded;

  /**
   * What was decided on a channel.
   *
   * @param light whether it is light
   * @param reason why it is not, in one or two words for people; empty if it is
   * @param doubtful whether it looks like light all the same
   */
  public record Choice(boolean light, String reason, boolean doubtful) {
    static final Choice LIGHT = new Choice(true, "", false);

    static Choice left(String reason) {
      return new Choice(false, reason, false);
    }

    private Choice doubted() {
      return new Choice(false, reason, true);
    }
  }

  private LightChannels(NamePatterns named, NamePatterns excluded) {
    this.named = named;
    this.excluded = excluded;
  }

  /** The default choice. */
  public static LightChannels byDefault() {
    return of(List.of(), List.of());
  }

  /**
   * The channels that match one of {@code channels}, but none of {@code exclude}. Both have full
   * names, or patterns in which {@code *} stands for any text and {@code ?} for any character; a
   * channel of a part with a name is also {@code part/channel}. In {@code exclude}, the name of a
   * layer or part stands for all its channels. No {@code channels} are the default choice.
   */
  public static LightChannels of(List<String> channels, List<String> exclude) {
    return new LightChannels(NamePatterns.of(channels), NamePatterns.of(exclude));
  }

  /** For each part and channel, whether it is light. Integer channels never are. */
  public List<List<Choice>> of(ImageInfo info) {
    Cryptomattes cryptomattes = Cryptomattes.of(info.parts());
    List<List<Choice>> choices = new ArrayList<>();
    for (Part part : info.parts()) {
      boolean unnamed = isUnnamed(info, part);
      List<Choice> ofPart = new ArrayList<>();
      for (Channel channel : part.channels()) {
        ofPart.add(choose(part, channel, unnamed, cryptomattes));
      }
      choices.add(List.copyOf(ofPart));
    }
    return choices;
  }

  /** The names asked for that match no floating-point channel of any of these parts. */
  List<String> missing(List<Part> parts) {
    List<String> missing = new ArrayList<>();
    for (NamePatterns.Name name : named.names()) {
      if (parts.stream()
          .noneMatch(part ->
              part.channels().stream()
                  .anyMatch(c -> c.type() != null && name.isChannel(part, c)))) {
        missing.add(name.text());
      }
    }
    return missing;
  }

  /** The names to be excluded that name nothing. A pattern may match nothing. */
  List<String> missingExcluded(List<Part> parts) {
    List<String> missing = new ArrayList<>();
    for (NamePatterns.Name name : excluded.names()) {
      if (!name.isPattern()
          && parts.stream()
              .noneMatch(part -> part.channels().stream().anyMatch(c -> name.holds(part, c)))) {
        missing.add(name.text());
      }
    }
    return missing;
  }

  /** Whether a user named this very channel, and not by a pattern. */
  boolean namesExactly(Part part, Channel channel) {
    return named.names().stream()
        .anyMatch(name -> !name.isPattern() && name.isChannel(part, channel));
  }

  boolean isDefault() {
    return named.isEmpty();
  }

  boolean excludes(Part part, Channel channel) {
    return excluded.hold(part, channel);
  }

  private static boolean isUnnamed(ImageInfo info, Part part) {
    List<String> names = part.channels().stream().map(Channel::name).toList();
    return names.stream().allMatch(LightChannels::isNumber)
        || (info.format().equals("NPY") && names.equals(List.of("Y", "A")));
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Choice choose(Part part, Channel channel, boolean unnamed, Cryptomattes cryptomattes) {
    if (channel.type() == null) {
      return Choice.left("integers");
    }
    if (excludes(part, channel)) {
      return Choice.left(EXCLUDED);
    }
    if (!named.isEmpty()) {
      return named.nameChannel(part, channel) ? Choice.LIGHT : Choice.left(NOT_NAMED);
    }
    if (unnamed) {
      return Choice.LIGHT;
    }
    String layer = layer(channel);
    if (cryptomattes.have(part.name())
        || cryptomattes.have(layer)
        || cryptomattes.have(channel.name())
        || DataNames.isCryptomatte(part.name())
        || DataNames.isCryptomatte(channel.name())) {
      return Choice.left(DataNames.CRYPTOMATTE);
    }
    Optional<String> data = DataNames.kindOfLayer(layer, part.name());
    String base = base(channel).toLowerCase(Locale.ROOT);
    Set<String> siblings = siblings(part, layer);
    if (COLOURS.contains(base) || isLuminance(base, siblings)) {
      return data.map(kind -> doubt(Choice.left(kind), layer, part)).orElse(Choice.LIGHT);
    }
    String reason = data.or(() -> kindOfBase(base, base(channel), siblings)).orElse(UNKNOWN);
    Choice left = Choice.left(reason);
    return reason.equals(UNKNOWN) && looksLikeLight(part, layer, base(channel))
        ? left.doubted()
        : left;
  }

  /** Y is luminance, but not beside the other coordinates of a vector. */
  private static boolean isLuminance(String base, Set<String> siblings) {
    return base.equals("y") && List.of("x", "z", "u", "v").stream().noneMatch(siblings::contains);
  }

  private static Optional<String> kindOfBase(String lower, String base, Set<String> siblings) {
    return switch (lower) {
      case "a", "alpha", "ar", "ag", "ab" -> Optional.of(ALPHA);
      case "ry", "by" -> Optional.of("chroma");
      case "z" ->
          Optional.of(siblings.contains("x") || siblings.contains("y") ? "vectors" : "depth");
      case "x", "y", "u", "v", "w" -> Optional.of("vectors");
      default -> DataNames.kind(base);
    };
  }

  /** A layer of colours is left by its name, but ends as light: {@code gas_mask_beauty}. */
  private static Choice doubt(Choice left, String layer, Part part) {
    return DataNames.endsAsLight(layer.isEmpty() ? part.name() : layer) ? left.doubted() : left;
  }

  private static boolean looksLikeLight(Part part, String layer, String base) {
    if (DataNames.namesLight(layer + " " + base) || COLOURS.contains(LayerName.of(base).last())) {
      return true;
    }
    long alike =
        part.channels().stream()
            .filter(c -> layer(c).equals(layer))
            .filter(c -> !base(c).equalsIgnoreCase("a") && !base(c).equalsIgnoreCase(ALPHA))
            .count();
    return !layer.isEmpty() && alike == LIGHT_LAYER;
  }

  private static Set<String> siblings(Part part, String layer) {
    Set<String> siblings = new HashSet<>();
    for (Channel channel : part.channels()) {
      if (layer(channel).equals(layer)) {
        siblings.add(base(channel).toLowerCase(Locale.ROOT));
      }
    }
    return siblings;
  }

  /** The layer that a channel is in, or an empty text. */
  static String layer(Channel channel) {
    int dot = channel.name().lastIndexOf('.');
    return dot < 0 ? "" : channel.name().substring(0, dot);
  }

  private static String base(Channel channel) {
    return channel.name().substring(channel.name().lastIndexOf('.') + 1);
  }
}
