package stops.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a layer's name, in lower case: {@code VRayZDepth2} is v, ray, z, depth. Words end at
 * whatever is no letter, and where {@code camelCase} or {@code VRAYNormal} has a new one. So a word
 * is found where it stands by itself, and not within {@code aorta} or {@code Normandie}.
 *
 * @param words in order; none if the name has no letters
 */
record LayerName(List<String> words) {
  /** Most words that are looked at as one. */
  static final int MAX_JOINED = 4;

  private static final int MAX_LENGTH = 1000;

  /** The words of a text, or the last of one that is too long for a name. */
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

  /** Whether a capital at {@code i} begins a word: behind a small letter, or before one. */
  private static boolean begins(String text, int i) {
    if (i == 0 || !Character.isUpperCase(text.charAt(i))) {
      return false;
    }
    boolean smallFollows = i + 1 < text.length() && Character.isLowerCase(text.charAt(i + 1));
    return !Character.isUpperCase(text.charAt(i - 1)) || smallFollows;
  }

  /**
   * The words, and up to four neighbours as one: {@code motion_vector}, {@code motionVector} and
   * {@code motionvector} are written alike.
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

  /** All words as one. */
  String whole() {
    return String.join("", words);
  }

  /** The last word, or an empty text. */
  String last() {
    return words.isEmpty() ? "" : words.getLast();
  }
}
