package stops.convert;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import stops.image.Part;

/**
 * The names that the manifests of a file's Cryptomattes give: attributes {@code
 * cryptomatte/ID/name}, in any part. A layer or part is one's where it has its name, also with the
 * number of a rank behind it ({@code CryptoAsset00}).
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
                // Of a hierarchy of layers, the manifest's name may be all or the end.
                Pattern.compile(
                    "(.*\\.)?" + Pattern.quote(name) + "[0-9]*(\\..*)?", Pattern.CASE_INSENSITIVE))
            .toList());
  }

  /** Whether a layer or part of this name is a Cryptomatte's. */
  boolean have(String name) {
    return names.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
