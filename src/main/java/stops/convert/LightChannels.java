package stops.convert;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import stops.image.Channel;
import stops.image.Part;

/**
 * Decides which channels of a part are light, and are converted, and which are left alone.
 *
 * <p>By default light is R, G and B of any layer, and Y where its layer has no X and no Z (a
 * normal's or a position's Y is not light). Alpha, chroma (RY, BY), depth, ids, vectors and
 * Cryptomatte layers are not. A picture whose channels are only numbered is all light.
 */
public final class LightChannels {
  private final List<Name> names;

  /** What the user wrote, and what it matches. */
  private record Name(String text, Pattern pattern) {
    static Name of(String text) {
      StringBuilder regex = new StringBuilder();
      for (char c : text.toCharArray()) {
        switch (c) {
          case '*' -> regex.append(".*");
          case '?' -> regex.append('.');
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return new Name(text, Pattern.compile(regex.toString()));
    }

    boolean matches(Channel channel) {
      return pattern.matcher(channel.name()).matches();
    }
  }

  private LightChannels(List<Name> names) {
    this.names = names;
  }

  /**
   * The channels that match one of {@code names}: full names, or patterns in which {@code *} stands
   * for any text and {@code ?} for any character. An empty list is the default choice.
   */
  public static LightChannels named(List<String> names) {
    return new LightChannels(names.stream().map(Name::of).toList());
  }

  /** The indices of the light channels of {@code part}. Integer channels are never light. */
  public BitSet of(Part part) {
    Set<String> all = new HashSet<>();
    part.channels().forEach(channel -> all.add(channel.name()));
    List<String> cryptomattes = cryptomattes(part.attributes());
    BitSet light = new BitSet();
    for (int i = 0; i < part.channels().size(); i++) {
      Channel channel = part.channels().get(i);
      if (channel.type() != null && isLight(channel, all, cryptomattes)) {
        light.set(i);
      }
    }
    return light;
  }

  /** The names asked for that match no floating-point channel of any of these parts. */
  List<String> missing(List<Part> parts) {
    return names.stream()
        .filter(name ->
            parts.stream()
                .flatMap(part -> part.channels().stream())
                .noneMatch(channel -> channel.type() != null && name.matches(channel)))
        .map(Name::text)
        .toList();
  }

  private boolean isLight(Channel channel, Set<String> all, List<String> cryptomattes) {
    if (!names.isEmpty()) {
      return names.stream().anyMatch(name -> name.matches(channel));
    }
    String name = channel.name();
    int dot = name.lastIndexOf('.');
    String layer = name.substring(0, dot + 1);
    return switch (name.substring(dot + 1)) {
      case "R", "G", "B" -> cryptomattes.stream().noneMatch(layer::startsWith);
      case "Y" -> !all.contains(layer + "X") && !all.contains(layer + "Z");
      default -> layer.isEmpty() && !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    };
  }

  /**
   * The layer names that the Cryptomatte specification's attributes {@code cryptomatte/ID/name}
   * give.
   */
  private static List<String> cryptomattes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .filter(entry ->
            entry.getKey().toLowerCase(Locale.ROOT).startsWith("cryptomatte/")
                && entry.getKey().endsWith("/name")
                && !entry.getValue().isEmpty())
        .map(Map.Entry::getValue)
        .toList();
  }
}
