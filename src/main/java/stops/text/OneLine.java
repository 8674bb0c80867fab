package stops.text;

/**
 * Shows text of unknown origin on one line. Characters that end a line, steer a terminal or cannot
 * be seen are written as escapes: {@code \n}, {@code \r}, {@code \t}, or {@code \}{@code u001b} for
 * any other. JSON has the same escapes, so that the lines of a JSON text can be shown like this
 * too.
 */
public final class OneLine {
  private OneLine() {}

  /** The text with escapes. Showing the result once more changes nothing. */
  public static String of(String text) {
    int safe = 0;
    while (safe < text.length() && isSafe(text.codePointAt(safe))) {
      safe += Character.charCount(text.codePointAt(safe));
    }
    if (safe == text.length()) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, safe);
    for (int i = safe; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (isSafe(character)) {
        line.appendCodePoint(character);
      } else {
        escape(line, character);
      }
      i += Character.charCount(character);
    }
    return line.toString();
  }

  /**
   * At most the first {@code characters} of the text, with escapes; an ellipsis if there are more.
   */
  public static String of(String text, int characters) {
    if (text.length() <= characters) {
      return of(text);
    }
    boolean halved = characters > 0 && Character.isHighSurrogate(text.charAt(characters - 1));
    return of(text.substring(0, halved ? characters - 1 : characters)) + "…";
  }

  private static boolean isSafe(int character) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void escape(StringBuilder line, int character) {
    switch (character) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        for (char half : Character.toChars(character)) {
          line.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(Character.forDigit(half >> shift & 0xf, 16));
          }
        }
      }
    }
  }
}
