package stops.format.flat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.image.Channel;

/**
 * The order of channels in a format that has no names for them: Y; Y, A; R, G, B; R, G, B, A; or X,
 * Y, Z. Channels of an array have numbers where nothing says that they are R, G, B or Y.
 *
 * @param names conventional names, in file order
 * @param layer the layer that all channels belong to, or an empty text
 * @param places the place in the file of each channel of the picture
 */
public record ChannelOrder(List<String> names, String layer, int[] places) {

  /** The name of the channel of samples without a known meaning, such as raw ones. */
  public static final String UNNAMED = "0";

  private static final List<List<String>> CONVENTIONS =
      List.of(
          List.of("Y"),
          List.of(UNNAMED),
          List.of("Y", "A"),
          List.of(UNNAMED, "1"),
          List.of("R", "G", "B"),
          List.of("R", "G", "B", "A"),
          List.of("R", "G", "B", "3"),
          List.of("X", "Y", "Z"));

  /** Names for the 1 to 4 channels of an array. None of them is known to be alpha. */
  public static List<String> arrayNames(int count) {
    return switch (count) {
      case 2 -> List.of(UNNAMED, "1");
      case 4 -> List.of("R", "G", "B", "3");
      default -> names(count);
    };
  }

  /** Names for the 1 to 4 channels of a picture. */
  public static List<String> names(int count) {
    return switch (count) {
      case 1 -> List.of("Y");
      case 2 -> List.of("Y", "A");
      case 3 -> List.of("R", "G", "B");
      case 4 -> List.of("R", "G", "B", "A");
      default -> throw new IllegalArgumentException(count + " channels have no convention");
    };
  }

  /** The order of these channels; null if no convention has them. */
  static @Nullable ChannelOrder of(List<Channel> channels) {
    List<String> bases = new ArrayList<>();
    String layer = layer(channels.getFirst().name());
    for (Channel channel : channels) {
      if (!layer(channel.name()).equals(layer)) {
        return null;
      }
      bases.add(channel.name().substring(layer.isEmpty() ? 0 : layer.length() + 1));
    }
    for (List<String> names : CONVENTIONS) {
      boolean vectors = names.contains("X") && !layer.isEmpty();
      if (names.size() == bases.size() && bases.containsAll(names) && !vectors) {
        return new ChannelOrder(names, layer, places(bases, names));
      }
    }
    return null;
  }

  private static int[] places(List<String> bases, List<String> names) {
    int[] places = new int[bases.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = names.indexOf(bases.get(i));
    }
    return places;
  }

  private static String layer(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }
}
