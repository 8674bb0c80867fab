package stops.exr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text in a file. The newer specification requires UTF-8; the older one names no encoding. */
final class Names {

  private static final int LONGEST_SHOWN = 64;

  /** Characters that end a line or control a terminal. */
  private static final String CONTROLS = "[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]";

  private Names() {}

  /** The text for a message: on one line and shortened. */
  static String printable(String text) {
    String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return start.replaceAll(CONTROLS, "?");
  }

  /** Decodes UTF-8, or Latin-1 if the bytes are not valid UTF-8. */
  static String decode(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }

  /** Decodes strings with length prefixes, up to the first damaged one. */
  static List<String> decodeAll(ByteBuffer vector) {
    List<String> texts = new ArrayList<>();
    while (vector.remaining() >= 4) {
      int length = vector.getInt();
      if (length < 0 || length > vector.remaining()) {
        break;
      }
      byte[] text = new byte[length];
      vector.get(text);
      texts.add(decode(text));
    }
    return List.copyOf(texts);
  }
}
