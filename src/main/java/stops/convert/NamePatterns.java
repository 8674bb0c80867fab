package stops.convert;

import java.util.List;
import java.util.regex.Pattern;
import stops.image.Channel;
import stops.image.Part;

/**
 * A user's list of channel names: full names, or patterns in which {@code *} stands for any text
 * and {@code ?} for any character. A channel of a named part can be written {@code part/channel}.
 */
record NamePatterns(List<Name> names) {

  /**
   * One name or pattern of the list.
   *
   * @param text the text as the user wrote it
   * @param pattern the regular expression for it
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

    /** Whether this matches the channel itself. */
    boolean isChannel(Part part, Channel channel) {
      return matches(channel.name())
          || (!part.name().isEmpty() && matches(part.name() + "/" + channel.name()));
    }

    /** Whether this matches the channel, its part, or a layer that contains it. */
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

  /** Whether one of the names matches this channel. */
  boolean nameChannel(Part part, Channel channel) {
    return names.stream().anyMatch(name -> name.isChannel(part, channel));
  }

  /** Whether one of the names matches this channel, its part, or a layer that contains it. */
  boolean hold(Part part, Channel channel) {
    return names.stream().anyMatch(name -> name.holds(part, channel));
  }
}
