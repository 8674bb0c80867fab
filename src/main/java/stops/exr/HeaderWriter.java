package stops.exr;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the magic number, the version field and the headers of all parts. */
final class HeaderWriter {
  /** Longest name in bytes for files without the long-names flag. */
  private static final int SHORT_NAME = 31;

  private HeaderWriter() {}

  static byte[] bytes(List<ExrHeader> parts, boolean multiPart) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int flags = parts.stream().anyMatch(HeaderWriter::hasLongNames) ? HeaderParser.LONG_NAMES : 0;
    if (multiPart) {
      flags |= HeaderParser.MULTI_PART;
    } else if (parts.getFirst().tiling().isPresent()) {
      flags |= HeaderParser.TILED;
    }
    putInt(out, HeaderParser.MAGIC);
    putInt(out, HeaderParser.VERSION | flags);
    for (ExrHeader part : parts) {
      for (Attribute attribute : part.attributes()) {
        putName(out, attribute.name());
        putName(out, attribute.type());
        putInt(out, attribute.value().length);
        out.writeBytes(attribute.value());
      }
      out.write(0);
    }
    if (multiPart) {
      out.write(0);
    }
    return out.toByteArray();
  }

  private static boolean hasLongNames(ExrHeader part) {
    return part.channels().stream()
            .anyMatch(c -> c.name().getBytes(StandardCharsets.UTF_8).length > SHORT_NAME)
        || part.attributes().stream()
            .anyMatch(a -> a.name().length() > SHORT_NAME || a.type().length() > SHORT_NAME);
  }

  private static void putName(ByteArrayOutputStream out, String name) {
    out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    out.write(0);
  }

  private static void putInt(ByteArrayOutputStream out, int number) {
    ByteBuffer bytes = Attribute.buffer(4).putInt(number);
    out.writeBytes(bytes.array());
  }
}
