package stops.text;

import java.util.List;
import java.util.Locale;

/** Shows names in one line, however many there are. */
public final class NameList {
  /** Names that are shown; further ones are only counted. */
  private static final int MOST_NAMED = 100;

  private NameList() {}

  /** The first 100 names with {@code between} between them, and how many more there are. */
  public static String of(List<String> names, String between) {
    if (names.size() <= MOST_NAMED) {
      return String.join(between, names);
    }
    return String.format(
        Locale.ROOT,
        "%s and %d more",
        String.join(between, names.subList(0, MOST_NAMED)),
        names.size() - MOST_NAMED);
  }
}
