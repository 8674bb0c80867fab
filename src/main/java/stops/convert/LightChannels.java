package stops.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.text.NameList;

/**
 * Decides which channels of a file are light and are converted. All others are copied.
 *
 * <p>By default, R, G and B of any layer are light, in upper or lower case or spelled out. Y is
 * light if its layer has no X and no Z, since the Y of a normal or a position is not light. Alpha,
 * chroma (RY, BY), depth, ids and vectors are not light.
 *
 * <p>A layer or part of data is not light, whatever the names of its channels. It is recognised by
 * a name for normals, positions, vectors, texture coordinates, depth, ids, masks, occlusion or a
 * measurement (see {@link DataNames}), or as a Cryptomatte by its name or by a manifest in any
 * part.
 *
 * <p>If all channels of all parts are only numbered, all are light. This includes a NumPy array of
 * two channels, since nothing marks one of them as alpha.
 */
public final class LightChannels {
  private final NamePatterns named;
  private final NamePatterns excluded;

  /**
   * The decision on a channel.
   *
   * @param light whether it is light
   * @param reason why it is not light, in one or two words for people; empty if it is
   * @param doubtful whether it looks like light although it is not chosen
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
   * Chooses the channels that match one of {@code channels} and none of {@code exclude}. Both lists
   * contain full names, or patterns in which {@code *} stands for any text and {@code ?} for any
   * character. A channel of a named part can be written {@code part/channel}. In {@code exclude},
   * the name of a layer or part stands for all its channels. If {@code channels} is empty, the
   * default choice is used.
   */
  public static LightChannels of(List<String> channels, List<String> exclude) {
    return new LightChannels(NamePatterns.of(channels), NamePatterns.of(exclude));
  }

  /** The channels that {@code request} names, or the default choice. */
  static LightChannels of(PictureRequest request) {
    return of(request.channels(), request.exclude());
  }

  /** For each part and channel, whether it is light. Integer channels never are. */
  public List<List<Choice>> of(ImageInfo info) {
    Cryptomattes cryptomattes = Cryptomattes.of(info.parts());
    List<List<Choice>> choices = new ArrayList<>();
    boolean unnamed =
        info.parts().stream()
            .flatMap(part -> part.channels().stream())
            .allMatch(channel -> isNumber(channel.name()));
    for (Part part : info.parts()) {
      PartNames names = new PartNames(part, cryptomattes);
      List<Choice> ofPart = new ArrayList<>();
      for (Channel channel : part.channels()) {
        ofPart.add(choose(part, channel, unnamed, names));
      }
      choices.add(List.copyOf(ofPart));
    }
    return choices;
  }

  /**
   * Checks that each name stands for something in a file.
   *
   * @param input the file, for the message
   * @throws ImageException if the file lacks a named channel, or what is to be excluded
   */
  public void check(Path input, ImageInfo info) throws ImageException {
    List<String> missing = missing(info.parts());
    if (!missing.isEmpty()) {
      throw ImageException.input(
          input,
          String.format(
              Locale.ROOT,
              "has no floating-point channel named %s; it has %s",
              String.join(", ", missing),
              names(info)));
    }
    List<String> nothing = missingExcluded(info.parts());
    if (!nothing.isEmpty()) {
      throw ImageException.input(
          input,
          String.format(
              Locale.ROOT,
              "has no channel, layer or part named %s to exclude; it has %s",
              String.join(", ", nothing),
              names(info)));
    }
  }

  /** The names of all channels of a file, on one line. */
  static String names(ImageInfo info) {
    return NameList.of(
        info.parts().stream()
            .flatMap(part -> part.channels().stream())
            .map(Channel::name)
            .distinct()
            .toList(),
        ", ");
  }

  /** The requested names that match no floating-point channel of any of these parts. */
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

  /** The excluded names that match nothing. Patterns may match nothing and are left out. */
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

  /** Whether the user named this channel exactly, not by a pattern. */
  boolean namesExactly(Part part, Channel channel) {
    return named.names().stream()
        .anyMatch(name -> !name.isPattern() && name.isChannel(part, channel));
  }

  /** Whether no names were given, so that names that are usual for light decide. */
  public boolean isDefault() {
    return named.isEmpty();
  }

  /** Whether the user excluded this channel. */
  public boolean excludes(Part part, Channel channel) {
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

  /** The name of the layer of a channel; empty if it has none. */
  static String layer(Channel channel) {
    int dot = channel.name().lastIndexOf('.');
    return dot < 0 ? "" : channel.name().substring(0, dot);
  }
}
