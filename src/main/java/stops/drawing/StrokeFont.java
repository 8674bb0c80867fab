package stops.drawing;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Letters made of straight strokes, so that pictures have the same text on every machine, with or
 * without fonts. It has the characters of ASCII and a few signs. Accents are dropped, and a box
 * stands for every other character. Stateless and thread-safe.
 *
 * <p>Lengths are in units of the picture, {@code size} is the height of capitals, and y grows
 * downwards.
 */
public final class StrokeFont {
  /** Units of a glyph in the height of capitals. */
  private static final double CAPITAL = 12;

  private static final double GAP = 3.2;
  private static final double BLANK = 5;

  /** How far below the base line strokes go, in heights of capitals. */
  public static final double DESCENT = 4 / CAPITAL;

  /** The usual width of strokes, in heights of capitals. */
  public static final double STROKE = 0.13;

  /**
   * The strokes of characters, behind each of them: x and y of points, of which the top left corner
   * of a capital is 00 and the base line is at c (base 36); a blank lies between strokes.
   */
  private static final String[] GLYPHS = {
    "0 20 50 72 7a 5c 2c 0a 02 20",
    "1 02 30 3c|0c 6c",
    "2 02 20 50 72 74 0c 7c",
    "3 01 20 50 72 74 56 26|56 78 7a 5c 2c 0b",
    "4 5c 50 08 78",
    "5 70 10 05 55 77 7a 5c 2c 0b",
    "6 61 50 20 02 0a 2c 5c 7a 77 55 25 07",
    "7 00 70 2c",
    "8 20 50 72 74 56 26 04 02 20|26 08 0a 2c 5c 7a 78 56",
    "9 75 57 27 05 02 20 50 72 7a 5c 2c 1b",
    "A 0c 40 8c|18 78",
    "B 0c 00 50 72 74 56 06|56 78 7a 5c 0c",
    "C 82 60 20 02 0a 2c 6c 8a",
    "D 0c 00 50 83 89 5c 0c",
    "E 70 00 0c 7c|06 56",
    "F 70 00 0c|06 56",
    "G 82 60 20 02 0a 2c 6c 8a 87 57",
    "H 00 0c|80 8c|06 86",
    "I 00 40|20 2c|0c 4c",
    "J 60 6a 4c 2c 0a",
    "K 00 0c|70 07|35 8c",
    "L 00 0c 7c",
    "M 0c 00 47 80 8c",
    "N 0c 00 8c 80",
    "O 30 50 83 89 5c 3c 09 03 30",
    "P 0c 00 60 82 85 67 07",
    "Q 30 50 83 89 5c 3c 09 03 30|58 8c",
    "R 0c 00 60 82 85 67 07|47 8c",
    "S 82 60 20 02 04 26 66 88 8a 6c 2c 0a",
    "T 00 80|40 4c",
    "U 00 0a 2c 6c 8a 80",
    "V 00 4c 80",
    "W 00 2c 43 6c 80",
    "X 00 8c|80 0c",
    "Y 00 46 80|46 4c",
    "Z 00 80 0c 8c",
    "a 15 24 54 76 7c|78 28 09 0b 1c 5c 7a",
    "b 00 0c|06 24 54 76 7a 5c 2c 0a",
    "c 75 54 24 06 0a 2c 5c 7b",
    "d 70 7c|76 54 24 06 0a 2c 5c 7a",
    "e 08 78 76 54 24 06 0a 2c 5c 7b",
    "f 60 40 22 2c|04 54",
    "g 74 7e 5g 2g 0f|76 54 24 06 0a 2c 5c 7a",
    "h 00 0c|06 24 54 76 7c",
    "i 14 1c|10 11",
    "j 34 3e 2g 0g|30 31",
    "k 00 0c|64 09|28 7c",
    "l 10 1b 2c 3c",
    "m 04 0c|06 24 34 56 5c|56 74 84 a6 ac",
    "n 04 0c|06 24 54 76 7c",
    "o 24 54 76 7a 5c 2c 0a 06 24",
    "p 04 0g|06 24 54 76 7a 5c 2c 0a",
    "q 74 7g|76 54 24 06 0a 2c 5c 7a",
    "r 04 0c|07 24 44 55",
    "s 65 54 14 05 06 17 58 69 6b 5c 1c 0b",
    "t 20 2a 3c 5c|04 54",
    "u 04 0a 2c 5c 7a|74 7c",
    "v 04 3c 64",
    "w 04 2c 45 6c 84",
    "x 04 6c|64 0c",
    "y 04 3c|64 2g 0g",
    "z 04 64 0c 6c",
    ". 1b 1c",
    ", 1b 1c 0e",
    ": 16 17|1b 1c",
    "; 16 17|1b 1c 0e",
    "- 08 48",
    "\u2212 07 67",
    "\u2013 08 68",
    "\u2014 08 88",
    "+ 07 67|34 3a",
    "/ 0d 60",
    "\\ 00 6d",
    "( 30 13 1a 3d",
    ") 00 23 2a 0d",
    "[ 30 00 0d 3d",
    "] 00 30 3d 0d",
    "{ 40 21 25 06 27 2c 4d",
    "} 00 21 25 46 27 2c 0d",
    "_ 0d 7d",
    "= 05 65|09 69",
    "* 32 38|03 67|63 07",
    "# 30 1c|70 5c|04 84|08 88",
    "% 0c 80|00 20 23 03 00|69 89 8c 6c 69",
    "& 8c 23 21 30 50 61 63 07 0a 2c 5c 88",
    "@ 69 39 36 66 69 89 85 63 23 05 0a 2c 7c",
    "! 10 18|1b 1c",
    "? 02 20 50 72 74 47 48|4b 4c",
    "' 10 13",
    "\" 10 13|40 43",
    "` 00 23",
    "< 64 08 6c",
    "> 04 68 0c",
    "| 10 1e",
    "~ 08 17 27 48 58 67",
    "^ 03 30 63",
    "$ 72 51 21 03 04 26 56 78 79 5b 2b 0a|40 4c",
    "\u00b1 06 66|33 39|0c 6c",
    "\u00d7 15 6a|65 1a",
    "\u00b7 17 18",
    "\u2192 07 67|35 67 39",
    "\u2190 67 07|35 07 39",
    "\u2026 1b 1c|4b 4c|7b 7c",
    "\ufffd 00 70 7c 0c 00",
  };

  private static final Map<Integer, Glyph> BY_CHARACTER = new HashMap<>();

  static {
    for (String glyph : GLYPHS) {
      BY_CHARACTER.put((int) glyph.charAt(0), Glyph.of(glyph.substring(2)));
    }
  }

  private StrokeFont() {}

  /** Takes the points of one stroke. */
  public interface Strokes {
    void take(double[] x, double[] y);
  }

  /** The strokes of a character, x and y of their points in turn. */
  private record Glyph(double width, List<double[]> strokes) {

    static Glyph of(String text) {
      List<double[]> strokes = new ArrayList<>();
      double width = 0;
      for (String stroke : text.split("\\|")) {
        String[] points = stroke.split(" ");
        double[] numbers = new double[2 * points.length];
        for (int i = 0; i < points.length; i++) {
          numbers[2 * i] = Character.digit(points[i].charAt(0), 36);
          numbers[2 * i + 1] = Character.digit(points[i].charAt(1), 36);
          width = Math.max(width, numbers[2 * i]);
        }
        strokes.add(numbers);
      }
      return new Glyph(width, strokes);
    }
  }

  private static int[] characters(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .toArray();
  }

  private static Glyph glyph(int character) {
    Glyph known = BY_CHARACTER.get(character);
    return known == null ? Objects.requireNonNull(BY_CHARACTER.get(0xfffd)) : known;
  }

  /** The width of a text, from the middle of its first stroke to that of its last one. */
  public static double width(String text, double size) {
    double width = 0;
    for (int character : characters(text)) {
      width += Character.isWhitespace(character) ? BLANK : glyph(character).width + GAP;
    }
    return Math.max(0, width - GAP) * size / CAPITAL;
  }

  /**
   * Gives the strokes of a text.
   *
   * @param x where it begins
   * @param y its base line
   */
  public static void draw(String text, double x, double y, double size, Strokes strokes) {
    double unit = size / CAPITAL;
    double at = x;
    for (int character : characters(text)) {
      if (Character.isWhitespace(character)) {
        at += BLANK * unit;
        continue;
      }
      Glyph glyph = glyph(character);
      for (double[] points : glyph.strokes) {
        double[] xs = new double[points.length / 2];
        double[] ys = new double[points.length / 2];
        for (int i = 0; i < xs.length; i++) {
          xs[i] = at + points[2 * i] * unit;
          ys[i] = y + (points[2 * i + 1] - CAPITAL) * unit;
        }
        strokes.take(xs, ys);
      }
      at += (glyph.width + GAP) * unit;
    }
  }

  /** The text, with … in place of its middle if it is wider than {@code width}. */
  public static String fitted(String text, double size, double width) {
    if (width(text, size) <= width) {
      return text;
    }
    for (int left = text.length() - 1; left > 0; left--) {
      String shorter =
          text.substring(0, (left + 1) / 2) + "\u2026" + text.substring(text.length() - left / 2);
      if (width(shorter, size) <= width) {
        return shorter;
      }
    }
    return "";
  }
}
