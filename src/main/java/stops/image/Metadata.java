package stops.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The names of the attributes, tags or header lines of a file, as users know them. Not among them
 * are those that say how and where samples are stored.
 *
 * @param own metadata that a file of the same format keeps, and no other
 * @param never metadata that no file keeps
 */
public record Metadata(List<String> own, List<String> never) {

  /** Nothing. */
  public static final Metadata NONE = new Metadata(List.of(), List.of());

  /** Names in a note; further ones are only counted. */
  private static final int MOST_NAMED = 100;

  /**
   * The note of what a target does not keep, if anything.
   *
   * @param sameFormat whether the target has the format of the source
   */
  public Optional<String> lost(boolean sameFormat) {
    List<String> lost = new ArrayList<>(never);
    if (!sameFormat) {
      lost.addAll(0, own);
    }
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    String more =
        lost.size() > MOST_NAMED
            ? String.format(Locale.ROOT, " and %d more", lost.size() - MOST_NAMED)
            : "";
    return Optional.of(
        lost.stream()
            .limit(MOST_NAMED)
            .map(Metadata::printable)
            .collect(Collectors.joining(", ", "not kept of the source: ", more)));
  }

  /** The name, with a question mark for each character that ends a line or steers a terminal. */
  private static String printable(String name) {
    return name.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}\\p{Cf}]", "?");
  }
}
