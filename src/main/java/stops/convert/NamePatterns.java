package stops.convert;

import java.util.List;
import java.util.regex.Pattern;
import stops.image.Channel;
import stops.image.Part;

/**
 * What a user wrote to name channels: full names, or patterns in which {@code *} stands for any
 * text and {@code ?} for any character. A channel of a part with a name may be written {@code
 * part/channel}.
 */
record NamePatterns(List<Name> names) {

  /**
   * One of them.
   *
   * @param text as it was written
   * @param pattern what it matches
   */
  record Name(String text, Pattern pattern) {
    static Name of(String text) {
      StringBuilder regex = new StringBuilder();
      for (char c : text.toCharArray()) {
        switch (c) {
          case '*' -> regex.append(".*");
          case '?' -> regex.append('.');
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return new Name(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean isPattern() {
      return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    boolean matches(String name) {
      return pattern.matcher(name).matches();
    }

    /** Whether this names the channel itself. */
    boolean isChannel(Part part, Channel channel) {
      return matches(channel.name())
          || (!part.name().isEmpty() && matches(part.name() + "/" + channel.name()));
    }

    /** Whether this names the channel, its part, or a layer that it is in. */
    boolean holds(Part part, Channel channel) {
      if (isChannel(part, channel) || (!part.name().isEmpty() && matches(part.name()))) {
        return true;
      }
      String name = channel.name();
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        String layer = name.substring(0, dot);
        if (matches(layer) || (!part.name().isEmpty() && matches(part.name() + "/" + layer))) {
          return true;
        }
      }
      return false;
    }
  }

  static NamePatterns of(List<String> texts) {
    return new NamePatterns(texts.stream().map(Name::of).toList());
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Whether one of them names this channel. */
  boolean nameChannel(Part part, Channel channel) {
    return names.stream().anyMatch(name -> name.isChannel(part, channel));
  }

  /** Whether one of them names this channel, its part, or a layer that it is in. */
  boolean hold(Part part, Channel channel) {
    return names.stream().anyMatch(name -> name.holds(part, channel));
  }
}
