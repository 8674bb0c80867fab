package stops.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stops.text.NameList;
import stops.text.OneLine;

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
    return Optional.of("not kept of the source: " + OneLine.of(NameList.of(lost, ", ")));
  }
}
