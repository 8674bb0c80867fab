package stops.convert;

import java.util.ArrayList;
import java.util.List;
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
      boolean unnamed = part.channels().stream().allMatch(c -> isNumber(c.name()));
      PartNames names = new PartNames(part, cryptomattes);
      List<Choice> ofPart = new ArrayList<>();
      for (Channel channel : part.channels()) {
        ofPart.add(choose(part, channel, unnamed, names));
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

  static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Choice choose(Part part, Channel channel, boolean unnamed, PartNames names) {
    if (channel.type() == null) {
      return Choice.left("integers");
    }
    if (excludes(part, channel)) {
      return Choice.left("excluded");
    }
    if (!named.isEmpty()) {
      return named.nameChannel(part, channel) ? Choice.LIGHT : Choice.left("not named");
    }
    if (unnamed) {
      return Choice.LIGHT;
    }
    return names.choose(channel);
  }

  /** The layer that a channel is in, or an empty text. */
  static String layer(Channel channel) {
    int dot = channel.name().lastIndexOf('.');
    return dot < 0 ? "" : channel.name().substring(0, dot);
  }
}
