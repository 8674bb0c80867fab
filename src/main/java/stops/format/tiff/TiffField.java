package stops.format.tiff;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A field of a TIFF directory.
 *
 * @param tag number that says what the field means
 * @param type of the values, 1 to 18
 * @param count number of values
 * @param bytes the values as they lie in the file
 * @param order byte order of the values
 */
record TiffField(int tag, int type, long count, MemorySegment bytes, ByteOrder order) {
  static final int ASCII = 2;
  static final int SHORT = 3;
  static final int LONG = 4;
  static final int LONG8 = 16;
  private static final int RATIONAL = 5;
  private static final int SIGNED_RATIONAL = 10;

  /** Limit of a text that has a meaning here. */
  static final long MOST_TEXT_BYTES = 1L << 24;

  /** Far more than people read. */
  private static final long MOST_SHOWN_BYTES = 1L << 20;

  /**
   * A field of integers without sign.
   *
   * @param type {@link #SHORT}, {@link #LONG} or {@link #LONG8}
   */
  static TiffField of(int tag, int type, ByteOrder order, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * size(type)).order(order);
    for (long value : values) {
      switch (type) {
        case SHORT -> bytes.putShort((short) value);
        case LONG -> bytes.putInt((int) value);
        default -> bytes.putLong(value);
      }
    }
    return new TiffField(tag, type, values.length, MemorySegment.ofArray(bytes.array()), order);
  }

  /** The values as they lie in the file. */
  byte[] toArray() {
    return bytes.toArray(ValueLayout.JAVA_BYTE);
  }

  /** The place of another directory that this field points to; −1 if it does not. */
  long offset() {
    return new TiffField(tag, type == 13 ? LONG : type == 18 ? LONG8 : type, count, bytes, order)
        .number(0);
  }

  /** Whether the values are offsets of other directories. */
  boolean isPointer() {
    return type == 13 || type == 18;
  }

  /** Whether only BigTIFF has the type. */
  boolean isBig() {
    return type == LONG8 || type == 17 || type == 18;
  }

  /** Size of a value of this type in bytes, or 0 if there is no such type. */
  static int size(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 0;
    };
  }

  /** Size of the numbers in a value of this type: a rational is two numbers. */
  static int unit(int type) {
    return type == 5 || type == 10 ? 4 : size(type);
  }

  /** The value {@code index} as an integer without sign; −1 if there is no such value. */
  long number(long index) {
    if (index >= count) {
      return -1;
    }
    return switch (type) {
      case 1, 7 -> bytes.get(ValueLayout.JAVA_BYTE, index) & 0xff;
      case SHORT ->
          bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), index * 2) & 0xffff;
      case LONG ->
          bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), index * 4) & 0xffff_ffffL;
      case LONG8 -> bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), index * 8);
      default -> -1;
    };
  }

  /** The values as text, without the zero at the end. Of a longer text, the first 16 MiB. */
  String text() {
    return text(MOST_TEXT_BYTES);
  }

  private String text(long mostBytes) {
    byte[] start =
        bytes.asSlice(0, Math.min(bytes.byteSize(), mostBytes)).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The values for people, on one line. */
  String describe() {
    if (type == ASCII) {
      String shown = text(MOST_SHOWN_BYTES).replaceAll("\\s+", " ").strip();
      return bytes.byteSize() <= MOST_SHOWN_BYTES
          ? shown
          : String.format(Locale.ROOT, "%s… (%d bytes in all)", shown, bytes.byteSize());
    }
    if (type == RATIONAL && count == 1) {
      TiffField parts = new TiffField(tag, LONG, 2, bytes, order);
      return parts.number(0) + "/" + parts.number(1);
    }
    if (type == SIGNED_RATIONAL && count == 1) {
      TiffField parts = new TiffField(tag, LONG, 2, bytes, order);
      return (int) parts.number(0) + "/" + (int) parts.number(1);
    }
    return count == 1 && number(0) >= 0
        ? Long.toString(number(0))
        : String.format(Locale.ROOT, "%d bytes", bytes.byteSize());
  }

  /** This field, with little-endian values. */
  TiffField littleEndian() {
    byte[] copy = toArray();
    int unit = unit(type);
    for (int at = 0; at < copy.length && order == ByteOrder.BIG_ENDIAN; at += unit) {
      for (int i = 0; i < unit / 2; i++) {
        byte keep = copy[at + i];
        copy[at + i] = copy[at + unit - 1 - i];
        copy[at + unit - 1 - i] = keep;
      }
    }
    return new TiffField(tag, type, count, MemorySegment.ofArray(copy), ByteOrder.LITTLE_ENDIAN);
  }
}
