package stops.exr.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A compression for writing, and its level: for ZIP and ZIPS of effort, from 1 to 9; for DWAA and
 * DWAB of loss, 0 or more.
 *
 * @param compression how blocks are packed
 * @param level the level; {@link #USUAL} for the usual one
 */
public record Packing(Compression compression, float level) {
  /** The usual level: of ZIP what is fast, of DWA 45, as OpenEXR has it. */
  public static final float USUAL = -1;

  /** The usual level of loss of DWA, as OpenEXR has it. */
  public static final float USUAL_LOSS = 45;

  private static final float MOST_LOSS = 100_000;
  private static final int MOST_EFFORT = 9;

  /** A packing with the usual level. */
  public static Packing of(Compression compression) {
    return new Packing(compression, USUAL);
  }

  /**
   * The packing that a text such as {@code ZIP}, {@code zips:9} or {@code dwaa:100} stands for.
   *
   * @throws IllegalArgumentException if there is none; the message is one line
   */
  public static Packing parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Compression compression =
        Arrays.stream(Compression.values())
            .filter(
                each -> each.writable() && each.toString().equals(name.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "'%s' is no compression that is written; there are %s",
                        name,
                        Arrays.stream(Compression.values())
                            .filter(Compression::writable)
                            .map(Compression::name)
                            .collect(Collectors.joining(", ")))));
    return colon < 0 ? of(compression) : leveled(compression, text.substring(colon + 1));
  }

  private static Packing leveled(Compression compression, String text) {
    return switch (compression) {
      case ZIP, ZIPS -> {
        if (!text.matches("[1-9]")) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "the level of %s is from 1 to %d, not '%s'",
                  compression.name(),
                  MOST_EFFORT,
                  text));
        }
        yield new Packing(compression, Integer.parseInt(text));
      }
      case DWAA, DWAB -> {
        float level = text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?") ? Float.parseFloat(text) : -1;
        if (!(level >= 0 && level <= MOST_LOSS)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "the level of %s is from 0 to 100000 (usually 45), not '%s'",
                  compression.name(),
                  text));
        }
        yield new Packing(compression, level);
      }
      default ->
          throw new IllegalArgumentException(
              compression.name() + " has no level; ZIP, ZIPS, DWAA and DWAB have one");
    };
  }

  /** Whether a level was chosen. */
  public boolean hasLevel() {
    return level >= 0;
  }

  /** The level of loss of DWA. */
  public float loss() {
    return hasLevel() ? level : USUAL_LOSS;
  }
}
