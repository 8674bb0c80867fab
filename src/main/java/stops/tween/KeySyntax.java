package stops.tween;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import stops.engine.ExactStops;
import stops.image.ImageException;

/**
 * Reads keys: {@code 1001:-5,1050:0:hold}, or a table with the columns {@code frame}, {@code stops}
 * and perhaps {@code ease}.
 */
public final class KeySyntax {
  private static final Pattern WORDS = Pattern.compile("\\s*[+-]?\\d+\\s*:.*", Pattern.DOTALL);
  private static final Pattern FRAME = Pattern.compile("[+-]?\\d{1,10}");

  /** The longest number that is of any use. */
  private static final int MOST_CHARS = 60;

  /** Far beyond the range of float64. */
  private static final ExactStops MOST_STOPS = ExactStops.of(10_000);

  private KeySyntax() {}

  /** Whether a text is keys, and no name of a file. */
  public static boolean isKeys(String text) {
    return WORDS.matcher(text).matches();
  }

  /**
   * Keys as words.
   *
   * @param ease the ease of keys that say none
   * @throws IllegalArgumentException if it is not written like that; the message is one line
   */
  public static List<Key> parse(String text, Ease ease) {
    List<Key> keys = new ArrayList<>();
    String[] words = text.split(",", -1);
    for (int i = 0; i < words.length; i++) {
      String[] parts = words[i].split(":", -1);
      if (parts.length < 2 || parts.length > 3) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "key %d, '%s', is not FRAME:STOPS or FRAME:STOPS:EASE, such as 1001:-5",
                i + 1,
                words[i].strip()));
      }
      try {
        keys.add(
            new Key(
                frame(parts[0]), stops(parts[1]), parts.length == 2 ? ease : Ease.of(parts[2])));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("key " + (i + 1) + ": " + e.getMessage());
      }
    }
    return keys;
  }

  /**
   * Keys of a table.
   *
   * @param ease the ease of keys that say none
   */
  public static List<Key> read(Path file, Ease ease) throws ImageException {
    CsvRows table = CsvRows.read(file, List.of("frame", "stops", "ease"));
    if (!table.has("stops")) {
      throw ImageException.input(file, "has no column stops; its header is frame,stops,ease");
    }
    List<Key> keys = new ArrayList<>();
    for (CsvRows.Row row : table.rows()) {
      String column = "stops";
      int frame = table.frame(row);
      try {
        ExactStops stops = stops(table.field(row, column));
        column = "ease";
        String name = table.field(row, column);
        keys.add(new Key(frame, stops, name.isEmpty() ? ease : Ease.of(name)));
      } catch (IllegalArgumentException e) {
        throw table.problem(row, column, String.valueOf(e.getMessage()));
      }
    }
    try {
      var unused = Curve.of(keys);
    } catch (IllegalArgumentException e) {
      throw ImageException.input(file, String.valueOf(e.getMessage()));
    }
    return keys;
  }

  /** The number of a frame. */
  static int frame(String text) {
    String plain = text.strip();
    if (FRAME.matcher(plain).matches()) {
      long frame = Long.parseLong(plain);
      if (frame == (int) frame) {
        return (int) frame;
      }
    }
    throw new IllegalArgumentException("'" + shortened(plain) + "' is no number of a frame");
  }

  /** A number of stops. */
  static ExactStops stops(String text) {
    if (text.length() > MOST_CHARS) {
      throw new IllegalArgumentException(
          "'" + shortened(text) + "' is longer than " + MOST_CHARS + " characters");
    }
    ExactStops stops = ExactStops.parse(text);
    if (stops.signum() != 0
        && MOST_STOPS.plus(stops.signum() > 0 ? stops.negate() : stops).signum() < 0) {
      throw new IllegalArgumentException("'" + text + "' is beyond 10000 stops");
    }
    return stops;
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }
}
