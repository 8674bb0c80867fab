package stops.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import stops.image.Part;

/**
 * Recognises the layers and parts of a file's Cryptomattes by name. The names come from the
 * attributes {@code cryptomatte/ID/name} of any part. A layer or part may add the number of a rank
 * to its name ({@code CryptoAsset00}). In a hierarchy of layers, the name may be that of any
 * levels. Upper and lower case are the same.
 *
 * <p>A name is looked up in steps that do not depend on the number of Cryptomattes, because a file
 * may claim any number of them.
 */
final class Cryptomattes {
  private final Set<String> names = new HashSet<>();

  /** The numbers of levels that the names have. */
  private final Set<Integer> levels = new HashSet<>();

  private Cryptomattes() {}

  static Cryptomattes of(List<Part> parts) {
    Cryptomattes cryptomattes = new Cryptomattes();
    for (Part part : parts) {
      for (Map.Entry<String, String> entry : part.attributes().entrySet()) {
        String key = entry.getKey().toLowerCase(Locale.ROOT);
        if (key.startsWith("cryptomatte/") && key.endsWith("/name")) {
          cryptomattes.add(entry.getValue());
        }
      }
    }
    return cryptomattes;
  }

  private void add(String name) {
    if (!name.isEmpty()) {
      names.add(name.toLowerCase(Locale.ROOT));
      levels.add(split(name).size());
    }
  }

  private static List<String> split(String name) {
    return List.of(name.split("\\.", -1));
  }

  /** Whether a layer or part of this name belongs to a Cryptomatte. */
  boolean have(String name) {
    if (names.isEmpty()) {
      return false;
    }
    List<String> own = split(name.toLowerCase(Locale.ROOT));
    for (int count : levels) {
      for (int first = 0; first + count <= own.size(); first++) {
        if (isOne(String.join(".", own.subList(first, first + count)))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether {@code text} is a name, or one with the number of a rank behind it. */
  private boolean isOne(String text) {
    int end = text.length();
    while (!names.contains(text.substring(0, end))) {
      if (end == 0 || !isDigit(text.charAt(end - 1))) {
        return false;
      }
      end--;
    }
    return true;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
