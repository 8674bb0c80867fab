package stops.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a file says beside its samples, their places and how they are stored: the names of its
 * attributes, tags or header lines, as users know them.
 *
 * @param own what a file of the same format keeps, and no other
 * @param never what is not kept at all
 */
public record Metadata(List<String> own, List<String> never) {

  /** Nothing. */
  public static final Metadata NONE = new Metadata(List.of(), List.of());

  /** More names are counted only. */
  private static final int MOST_NAMED = 100;

  /**
   * The note for a target that does not keep all of it.
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

  /** The name on one line, without what does something to a terminal. */
  private static String printable(String name) {
    return name.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}\\p{Cf}]", "?");
  }
}
