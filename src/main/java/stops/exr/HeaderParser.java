package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrException;

/** Reads the headers of all parts, from the start of the file to the offset tables. */
final class HeaderParser {
  static final int MAGIC = 20000630;
  static final int VERSION = 2;
  static final int TILED = 0x200;
  static final int LONG_NAMES = 0x400;
  static final int NOT_IMAGE = 0x800;
  static final int MULTI_PART = 0x1000;
  static final int LONGEST_NAME = 255;

  private static final int KNOWN_FLAGS = TILED | LONG_NAMES | NOT_IMAGE | MULTI_PART;
  private static final String SCANLINE_TYPE = "scanlineimage";
  private static final String TILED_TYPE = "tiledimage";
  private static final int WINDOW_BYTES = 1 << 14;

  /**
   * Limit of the headers' size in bytes. Real headers are far smaller, and this much fits into
   * memory.
   */
  private static final long MOST_HEADER_BYTES = 1L << 27;

  /** Attributes are kept as bytes and as text, and copied to the file that is written. */
  private static final int COPIES = 3;

  /** Limit of the parts of a file. Real files have up to a few hundred. */
  static final int MOST_PARTS = 1 << 12;

  /** Limit of the channels of all parts together. Real files have up to a few thousand. */
  static final int MOST_CHANNELS = 1 << 15;

  /** Limit of the attributes of all parts together. */
  static final int MOST_ATTRIBUTES = 1 << 17;

  private final ExrBytes file;
  private final HeldBytes held;
  private final byte[] name = new byte[LONGEST_NAME];
  private int attributeCount;
  private final Map<String, String> sharedNames = new HashMap<>();
  private byte[] window = new byte[0];
  private long windowStart;
  private long position;

  private HeaderParser(ExrBytes file, HeldBytes held) {
    this.file = file;
    this.held = held;
  }

  /**
   * The contents of a file before the offset tables.
   *
   * @param flags the flags of the version field
   * @param parts the header of each part, one or more
   * @param bytes position of the offset tables in the file, in bytes
   * @param notes the faults that were corrected, one line each
   */
  record Headers(int flags, List<ExrHeader> parts, long bytes, List<String> notes) {
    boolean multiPart() {
      return (flags & MULTI_PART) != 0;
    }
  }

  static Headers parse(ExrBytes file, HeldBytes held) throws IOException, ExrException {
    return new HeaderParser(file, held).headers();
  }

  private Headers headers() throws IOException, ExrException {
    if (file.size() < 8 || readInt() != MAGIC) {
      throw new ExrException("this is not an EXR file");
    }
    int version = readInt();
    if ((version & 0xff) != VERSION) {
      throw new ExrException("file format version " + (version & 0xff) + " is not supported");
    }
    int flags = version & ~0xff;
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new ExrException(
          String.format(Locale.ROOT, "file format flags 0x%x are unknown", flags & ~KNOWN_FLAGS));
    }
    List<ExrHeader> parts = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean multiPart = (flags & MULTI_PART) != 0;
    do {
      List<Attribute> attributes = attributes();
      if (attributes.isEmpty() && multiPart && !parts.isEmpty()) {
        break;
      }
      if (parts.size() == MOST_PARTS) {
        throw tooMany("parts", MOST_PARTS);
      }
      try {
        HeaderMend.Mended mended = HeaderMend.mend(attributes);
        parts.add(multiPart ? onePart(mended.attributes()) : onlyPart(mended.attributes(), flags));
        String place = multiPart ? "part " + (parts.size() - 1) + ": " : "";
        mended.notes().forEach(note -> notes.add(place + note));
      } catch (ExrException e) {
        throw multiPart ? e.at("part " + parts.size()) : e;
      }
    } while (multiPart);
    if (multiPart) {
      checkNames(parts);
    }
    if (parts.stream().mapToInt(part -> part.channels().size()).sum() > MOST_CHANNELS) {
      throw tooMany("channels", MOST_CHANNELS);
    }
    return new Headers(flags, List.copyOf(parts), position, List.copyOf(notes));
  }

  /** The error for a file with more of something than any real file has. */
  static ExrException tooMany(String what, int most) {
    return new ExrException(
        String.format(
            Locale.ROOT, "more than %,d %s are not supported; use several files", most, what));
  }

  private static ExrHeader onePart(List<Attribute> attributes) throws ExrException {
    return ExrHeader.of(attributes, tiledType(attributes));
  }

  /**
   * The header of a single-part file. The flags decide whether the part has tiles. A type attribute
   * that disagrees is corrected.
   */
  private static ExrHeader onlyPart(List<Attribute> attributes, int flags) throws ExrException {
    boolean tiled = tiledFlag(flags);
    ExrHeader header = ExrHeader.of(attributes, tiled);
    return header.attribute("type").isPresent()
        ? header.with(Attribute.ofString("type", tiled ? TILED_TYPE : SCANLINE_TYPE))
        : header;
  }

  /** Requires that part names are distinct, as OpenEXR does. */
  private static void checkNames(List<ExrHeader> parts) throws ExrException {
    Set<String> names = new HashSet<>();
    for (int part = 0; part < parts.size(); part++) {
      String name = parts.get(part).string("name").orElseThrow(missingName(part));
      if (!names.add(name)) {
        throw new ExrException(
            String.format(
                Locale.ROOT,
                "part %d has the name of another part, %s",
                part,
                Names.printable(name)));
      }
    }
  }

  private static Supplier<ExrException> missingName(int part) {
    return () -> new ExrException("part " + part + ": attribute name is missing");
  }

  private static boolean tiledFlag(int flags) throws ExrException {
    if ((flags & NOT_IMAGE) != 0) {
      throw new ExrException("deep data is not supported");
    }
    return (flags & TILED) != 0;
  }

  private static boolean tiledType(List<Attribute> attributes) throws ExrException {
    String type =
        attributes.stream()
            .filter(a -> a.name().equals("type") && a.type().equals("string"))
            .findFirst()
            .orElseThrow(() -> new ExrException("attribute type is missing"))
            .string();
    return switch (type) {
      case SCANLINE_TYPE -> false;
      case TILED_TYPE -> true;
      case "deepscanline", "deeptile" -> throw new ExrException("deep data is not supported");
      default -> throw new ExrException("the part type " + Names.printable(type) + " is unknown");
    };
  }

  /** Reads the attributes of one header. An empty name ends the header. */
  private List<Attribute> attributes() throws IOException, ExrException {
    List<Attribute> attributes = new ArrayList<>();
    while (true) {
      String name = readName();
      if (name.isEmpty()) {
        return attributes;
      }
      String type = readName();
      int bytes = readInt();
      if (bytes < 0 || bytes > file.size() - position) {
        throw new ExrException(
            String.format(
                Locale.ROOT,
                "attribute %s claims %d bytes, more than the file has",
                Names.printable(name),
                Integer.toUnsignedLong(bytes)));
      }
      if (position + bytes > MOST_HEADER_BYTES) {
        throw new ExrException("a header of more than 128 MiB is not supported");
      }
      held.check(COPIES * (position + bytes));
      if (attributeCount++ == MOST_ATTRIBUTES) {
        throw tooMany("attributes", MOST_ATTRIBUTES);
      }
      attributes.add(new Attribute(name, type, readValue(bytes)));
    }
  }

  private byte[] readValue(int bytes) throws IOException, ExrException {
    byte[] value = new byte[bytes];
    if (bytes > WINDOW_BYTES) {
      file.read(position, value, bytes);
    } else if (bytes > 0) {
      if (position < windowStart || position + bytes > windowStart + window.length) {
        fillWindow();
      }
      System.arraycopy(window, (int) (position - windowStart), value, 0, bytes);
    }
    position += bytes;
    return value;
  }

  private String readName() throws IOException, ExrException {
    for (int length = 0; length <= LONGEST_NAME; length++) {
      byte next = readByte();
      if (next == 0) {
        String text = new String(name, 0, length, StandardCharsets.ISO_8859_1);
        return sharedNames.computeIfAbsent(text, same -> same);
      }
      if (length < LONGEST_NAME) {
        name[length] = next;
      }
    }
    throw new ExrException("the header has a name of more than 255 bytes, before byte " + position);
  }

  private int readInt() throws IOException, ExrException {
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = readByte();
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private byte readByte() throws IOException, ExrException {
    if (position >= file.size()) {
      throw new ExrException("the file ends within the header");
    }
    long within = position - windowStart;
    if (within < 0 || within >= window.length) {
      fillWindow();
      within = 0;
    }
    position++;
    return window[(int) within];
  }

  /** Reads ahead from the position on. */
  private void fillWindow() throws IOException, ExrException {
    int bytes = (int) Math.min(WINDOW_BYTES, file.size() - position);
    window = window.length == bytes ? window : new byte[bytes];
    file.read(position, window, bytes);
    windowStart = position;
  }
}
