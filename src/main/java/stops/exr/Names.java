package stops.exr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text in a file: UTF-8 by the newer specification, anything at all by the older one. */
final class Names {

  private static final int LONGEST_SHOWN = 64;

  /** What ends a line or moves a terminal's cursor. */
  private static final String CONTROLS = "[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]";

  private Names() {}

  /** The text as it may stand in a message: on one line and not too long. */
  static String printable(String text) {
    String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return start.replaceAll(CONTROLS, "?");
  }

  /** The text, in UTF-8 or, where it is not that, in Latin-1. */
  static String decode(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }

  /** Texts with their lengths before them, up to the first that is damaged. */
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
