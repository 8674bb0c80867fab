package stops.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a layer's name into words in lower case: {@code VRayZDepth2} is v, ray, z, depth. Words
 * end at characters that are not letters, and at the case changes of {@code camelCase} and {@code
 * VRAYNormal}. Whole words are thus matched, but not parts of {@code aorta} or {@code Normandie}.
 *
 * @param words the words in order; empty if the name has no letters
 */
record LayerName(List<String> words) {
  /** The most neighbouring words that are joined to one. */
  static final int MAX_JOINED = 4;

  private static final int MAX_LENGTH = 1000;

  /** The words of a text. Of a text too long for a name, only the last words. */
  static LayerName of(String name) {
    String text = name.substring(Math.max(0, name.length() - MAX_LENGTH));
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetter(c) || begins(text, i)) {
        add(words, word);
      }
      if (Character.isLetter(c)) {
        word.append(c);
      }
    }
    add(words, word);
    return new LayerName(List.copyOf(words));
  }

  private static void add(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }

  /**
   * Whether the character at {@code i} is a capital that begins a word. It does unless it is
   * between two capitals or last after one.
   */
  private static boolean begins(String text, int i) {
    if (i == 0 || !Character.isUpperCase(text.charAt(i))) {
      return false;
    }
    boolean smallFollows = i + 1 < text.length() && Character.isLowerCase(text.charAt(i + 1));
    return !Character.isUpperCase(text.charAt(i - 1)) || smallFollows;
  }

  /**
   * All words, and all joins of two to four neighbours, so that {@code motion_vector}, {@code
   * motionVector} and {@code motionvector} are equal.
   */
  List<String> joined() {
    List<String> joined = new ArrayList<>();
    for (int first = 0; first < words.size(); first++) {
      StringBuilder text = new StringBuilder();
      for (int i = first; i < Math.min(words.size(), first + MAX_JOINED); i++) {
        joined.add(text.append(words.get(i)).toString());
      }
    }
    return joined;
  }

  /** All words joined. */
  String whole() {
    return String.join("", words);
  }

  /** The last word, or an empty text. */
  String last() {
    return words.isEmpty() ? "" : words.getLast();
  }
}
