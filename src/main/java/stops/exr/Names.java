package stops.exr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import stops.text.OneLine;

/** Text in a file. The newer specification requires UTF-8; the older one names no encoding. */
final class Names {

  private static final int LONGEST_SHOWN = 64;

  /** Limit of the strings of a vector. A file cannot have more channels or attributes than that. */
  private static final int MOST_STRINGS = 1 << 17;

  private Names() {}

  /** The text for a message: on one line and shortened. */
  static String printable(String text) {
    return OneLine.of(text, LONGEST_SHOWN);
  }

  /** Decodes UTF-8, or Latin-1 if the bytes are not valid UTF-8. */
  static String decode(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }

  /** Decodes strings with length prefixes, up to the first damaged one, and at most 131,072. */
  static List<String> decodeAll(ByteBuffer vector) {
    List<String> texts = new ArrayList<>();
    while (vector.remaining() >= 4 && texts.size() < MOST_STRINGS) {
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
