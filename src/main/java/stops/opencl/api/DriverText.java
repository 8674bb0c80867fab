package stops.opencl.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cleans texts from drivers: names, versions and compilers' logs. They may contain line ends,
 * terminal control characters or invalid bytes. Each run of these becomes a blank.
 */
public final class DriverText {
  /** The most characters of a name in a message. */
  private static final int LINE_CHARS = 300;

  private DriverText() {}

  /** The text up to the first NUL, on one printable line. */
  static String of(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return printable(new String(bytes, 0, end, UTF_8));
  }

  /** The text on one line, without unprintable characters, outer blanks or runs of blanks. */
  public static String printable(String text) {
    StringBuilder line = new StringBuilder();
    boolean blank = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isPrintable(character)) {
        if (blank && !line.isEmpty()) {
          line.append(' ');
        }
        line.appendCodePoint(character);
        blank = false;
      } else {
        blank = true;
      }
    }
    return line.toString();
  }

  /** The text as part of a message: {@linkplain #printable printable}, and not too long. */
  public static String line(String text) {
    return shortened(printable(text), LINE_CHARS);
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The first {@code chars} characters of {@code text}, with an ellipsis if there are more. */
  public static String shortened(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    boolean halved = Character.isHighSurrogate(text.charAt(chars - 1));
    return text.substring(0, halved ? chars - 1 : chars) + "…";
  }

  /** The distinct words of a list, such as a list of extensions. */
  static Set<String> words(String list) {
    return Stream.of(list.split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
