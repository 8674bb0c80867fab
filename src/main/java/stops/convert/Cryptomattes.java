package stops.convert;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import stops.image.Part;

/**
 * Recognises the layers and parts of a file's Cryptomattes by name. The names come from the
 * attributes {@code cryptomatte/ID/name} of any part. A layer or part may add the number of a rank
 * to its name ({@code CryptoAsset00}).
 */
final class Cryptomattes {
  private final List<Pattern> names;

  private Cryptomattes(List<Pattern> names) {
    this.names = names;
  }

  static Cryptomattes of(List<Part> parts) {
    return new Cryptomattes(
        parts.stream()
            .flatMap(part -> part.attributes().entrySet().stream())
            .filter(entry -> {
              String key = entry.getKey().toLowerCase(Locale.ROOT);
              return key.startsWith("cryptomatte/") && key.endsWith("/name");
            })
            .map(Map.Entry::getValue)
            .filter(name -> !name.isEmpty())
            .distinct()
            .map(name ->
                // In a hierarchy of layers, the name may be that of any level.
                Pattern.compile(
                    "(.*\\.)?" + Pattern.quote(name) + "[0-9]*(\\..*)?", Pattern.CASE_INSENSITIVE))
            .toList());
  }

  /** Whether a layer or part of this name belongs to a Cryptomatte. */
  boolean have(String name) {
    return names.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
