package stops.exr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;

/** Formats attributes as readable text. An unreadable value is shown as its number of bytes. */
final class AttributeText {
  private static final int MOST_BYTES_SHOWN = 16;

  /** Far more than people read. A file may have a hundred times as much in one attribute. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private AttributeText() {}

  static String of(Attribute attribute) {
    int bytes = attribute.value().length;
    String text = whole(bytes > MOST_CHARACTERS ? beginning(attribute) : attribute);
    if (bytes <= MOST_CHARACTERS && text.length() <= MOST_CHARACTERS) {
      return text;
    }
    String shown = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    return switch (attribute.type()) {
      case "string", "stringvector", "chlist" ->
          String.format(Locale.ROOT, "%s… (%d bytes in all)", shown, bytes);
      default -> whole(attribute);
    };
  }

  /** The attribute with the first bytes of a text, up to a whole character. */
  private static Attribute beginning(Attribute attribute) {
    byte[] value = attribute.value();
    int end = MOST_CHARACTERS;
    while (end > MOST_CHARACTERS - 4 && (value[end] & 0xc0) == 0x80) {
      end--;
    }
    return new Attribute(attribute.name(), attribute.type(), Arrays.copyOf(value, end));
  }

  private static String whole(Attribute attribute) {
    ByteBuffer in = attribute.bytes();
    return switch (attribute.type()) {
      case "string" -> attribute.string();
      case "stringvector" -> String.join(", ", attribute.strings());
      case "int" -> fixed(attribute, "i", in);
      case "float" -> fixed(attribute, "f", in);
      case "double" -> fixed(attribute, "d", in);
      case "v2i", "rational" -> fixed(attribute, "ii", in);
      case "v3i" -> fixed(attribute, "iii", in);
      case "v2f" -> fixed(attribute, "ff", in);
      case "v3f" -> fixed(attribute, "fff", in);
      case "v2d" -> fixed(attribute, "dd", in);
      case "v3d" -> fixed(attribute, "ddd", in);
      case "box2i" -> fixed(attribute, "iiii", in);
      case "box2f" -> fixed(attribute, "ffff", in);
      case "chromaticities" -> fixed(attribute, "f".repeat(8), in);
      case "m33f" -> fixed(attribute, "f".repeat(9), in);
      case "m33d" -> fixed(attribute, "d".repeat(9), in);
      case "m44f" -> fixed(attribute, "f".repeat(16), in);
      case "m44d" -> fixed(attribute, "d".repeat(16), in);
      case "keycode" -> fixed(attribute, "i".repeat(7), in);
      case "timecode" -> timecode(attribute);
      case "floatvector" -> fixed(attribute, "f".repeat(Math.min(in.remaining() / 4, 64)), in);
      case "compression" -> coded(attribute, Compression.values());
      case "lineOrder" -> coded(attribute, LineOrder.values());
      case "envmap" -> coded(attribute, Envmap.values());
      case "preview" -> preview(attribute);
      case "tiledesc" -> tiles(attribute);
      case "chlist" -> channels(attribute);
      default -> raw(attribute);
    };
  }

  /**
   * Formats a value of fixed size. The letters i, f and d in {@code numbers} are its int, float and
   * double numbers. A value of another size is shown as raw bytes.
   */
  private static String fixed(Attribute attribute, String numbers, ByteBuffer in) {
    int bytes = numbers.chars().map(kind -> kind == 'd' ? 8 : 4).sum();
    if (in.remaining() != bytes) {
      return attribute.type().equals("floatvector") && in.remaining() > bytes
          ? in.remaining() / 4 + " numbers"
          : raw(attribute);
    }
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < numbers.length(); i++) {
      switch (numbers.charAt(i)) {
        case 'i' -> text.add(Integer.toString(in.getInt()));
        case 'f' -> text.add(number(in.getFloat()));
        default -> text.add(number(in.getDouble()));
      }
    }
    return text.toString();
  }

  private static String number(float value) {
    return trimmed(Float.toString(value));
  }

  private static String number(double value) {
    return trimmed(Double.toString(value));
  }

  private static String trimmed(String number) {
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  private static String timecode(Attribute attribute) {
    ByteBuffer in = attribute.bytes();
    if (in.remaining() != 8) {
      return raw(attribute);
    }
    int time = in.getInt();
    String clock = HexFormat.of().toHexDigits(time & 0x3f7f7f3f);
    return String.join(
        ":",
        clock.substring(0, 2),
        clock.substring(2, 4),
        clock.substring(4, 6),
        clock.substring(6, 8));
  }

  private enum Envmap {
    LATLONG,
    CUBE
  }

  private static String coded(Attribute attribute, Enum<?>[] names) {
    byte[] value = attribute.value();
    if (value.length != 1 || value[0] < 0 || value[0] >= names.length) {
      return raw(attribute);
    }
    return names[value[0]].toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String preview(Attribute attribute) {
    ByteBuffer in = attribute.bytes();
    return in.remaining() < 8
        ? raw(attribute)
        : String.format(
            Locale.ROOT,
            "%d by %d pixels",
            Integer.toUnsignedLong(in.getInt()),
            Integer.toUnsignedLong(in.getInt()));
  }

  private static String tiles(Attribute attribute) {
    try {
      Tiling tiling = AttributeValues.tiling(attribute);
      return String.format(
          Locale.ROOT,
          "%d by %d, %s%s",
          tiling.width(),
          tiling.height(),
          switch (tiling.levels()) {
            case ONE -> "one level";
            case MIPMAP -> "mipmap";
            case RIPMAP -> "ripmap";
          },
          tiling.roundUp() ? ", rounded up" : "");
    } catch (ExrException e) {
      return raw(attribute);
    }
  }

  private static String channels(Attribute attribute) {
    try {
      List<String> texts = new ArrayList<>();
      for (ExrChannel channel : AttributeValues.channels(attribute)) {
        String sampling =
            channel.xSampling() == 1 && channel.ySampling() == 1
                ? ""
                : " " + channel.xSampling() + "x" + channel.ySampling();
        texts.add(
            channel.name() + " " + channel.type().toString().toLowerCase(Locale.ROOT) + sampling);
      }
      return String.join(", ", texts);
    } catch (ExrException e) {
      return raw(attribute);
    }
  }

  private static String raw(Attribute attribute) {
    byte[] value = attribute.value();
    return value.length <= MOST_BYTES_SHOWN
        ? String.format(Locale.ROOT, "%d bytes %s", value.length, HexFormat.of().formatHex(value))
            .strip()
        : value.length + " bytes";
  }
}
