package stops.convert;

import java.util.List;
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
   * @param glob the name or pattern as the user wrote it
   */
  record Name(Glob glob) {
    String text() {
      return glob.text();
    }

    boolean isPattern() {
      return glob.isPattern();
    }

    boolean matches(String name) {
      return glob.matches(name);
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
    return new NamePatterns(texts.stream().map(text -> new Name(new Glob(text))).toList());
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
