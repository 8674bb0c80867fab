package stops.format.tiff;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The first directory of a TIFF or BigTIFF file, which describes its picture.
 *
 * @param fields by tag, in order
 * @param exif fields of the Exif directory by tag, in order; empty if there is none that can be
 *     read
 * @param order byte order of all numbers in the file
 * @param unknown tags of fields of an unknown type, which cannot be read
 * @param others number of pictures behind the first
 * @param reduced number of these that are smaller copies of the first, or masks
 */
record TiffDirectory(
    Map<Integer, TiffField> fields,
    Map<Integer, TiffField> exif,
    ByteOrder order,
    List<Integer> unknown,
    int others,
    int reduced) {
  private static final int MAX_FIELDS = 4096;
  private static final int MAX_PICTURES = 256;

  /** Numbers in a field that says how samples are stored: one for each channel. */
  private static final int MAX_NUMBERS = 1024;

  private static final int REDUCED_OR_MASK = 1 | 4;

  static TiffDirectory read(InputFile file) throws ImageException {
    MemorySegment bytes = file.view(0, file.size());
    Reader reader = new Reader(file, bytes);
    TiffDirectory[] result = new TiffDirectory[1];
    file.reading(() -> result[0] = reader.read());
    return result[0];
  }

  /** The first number of a field, or {@code otherwise} if there is no such field. */
  long number(int tag, long otherwise) {
    TiffField field = fields.get(tag);
    return field == null ? otherwise : field.number(0);
  }

  @Nullable TiffField get(int tag) {
    return fields.get(tag);
  }

  /** Reads the directories of one file. */
  private static final class Reader {
    private final InputFile file;
    private final MemorySegment bytes;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean big;

    Reader(InputFile file, MemorySegment bytes) {
      this.file = file;
      this.bytes = bytes;
    }

    TiffDirectory read() throws ImageException {
      order = get(0, 1) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      big = get(2, 2) == 43;
      Map<Integer, TiffField> fields = new TreeMap<>();
      List<Integer> unknown = new ArrayList<>();
      long next = fields(big ? get(8, 8) : get(4, 4), fields, unknown);
      int others = 0;
      int reduced = 0;
      while (next != 0) {
        if (others == MAX_PICTURES) {
          throw file.damaged("has more than " + MAX_PICTURES + " TIFF directories, or a circle");
        }
        Map<Integer, TiffField> other = new TreeMap<>();
        next = fields(next, other, new ArrayList<>());
        TiffField kind = other.get(TiffTags.NEW_SUBFILE_TYPE);
        reduced += kind != null && (kind.number(0) & REDUCED_OR_MASK) != 0 ? 1 : 0;
        others++;
      }
      return new TiffDirectory(
          fields, exif(fields.get(TiffTags.EXIF)), order, List.copyOf(unknown), others, reduced);
    }

    /** Reads what cameras say of themselves. The picture can do without it if it is damaged. */
    private Map<Integer, TiffField> exif(@Nullable TiffField pointer) {
      Map<Integer, TiffField> fields = new TreeMap<>();
      if (pointer != null) {
        try {
          long unused = fields(pointer.offset(), fields, new ArrayList<>());
        } catch (ImageException damaged) {
          return Map.of();
        }
      }
      return fields;
    }

    /** Reads the directory at {@code offset}. Returns the offset of the next one, or 0. */
    private long fields(long offset, Map<Integer, TiffField> fields, List<Integer> unknown)
        throws ImageException {
      long count = big ? get(offset, 8) : get(offset, 2);
      if (count < 1 || count > MAX_FIELDS) {
        throw file.damaged(
            String.format(
                Locale.ROOT, "has a TIFF directory of %d fields at offset %d", count, offset));
      }
      long at = offset + (big ? 8 : 2);
      for (long i = 0; i < count; i++) {
        TiffField field = field(at);
        if (field == null) {
          unknown.add((int) get(at, 2));
        } else {
          fields.putIfAbsent(field.tag(), field); // As libtiff does.
        }
        at += big ? 20 : 12;
      }
      return get(at, big ? 8 : 4);
    }

    private @Nullable TiffField field(long at) throws ImageException {
      int tag = (int) get(at, 2);
      int type = (int) get(at + 2, 2);
      long count = get(at + 4, big ? 8 : 4);
      int inline = big ? 8 : 4;
      int size = TiffField.size(type);
      if (size == 0) {
        return null;
      }
      boolean tooMany = TiffTags.isDecoded(tag) && !TiffTags.isList(tag) && count > MAX_NUMBERS;
      if (count < 0 || count > file.size() / size || tooMany) {
        throw file.damaged(
            String.format(
                Locale.ROOT, "claims %d values in TIFF tag %d at offset %d", count, tag, at));
      }
      long value = at + 4 + inline;
      long where = count * size <= inline ? value : get(value, inline);
      if (where < 0 || where > file.size() - count * size) {
        throw file.damaged(
            String.format(Locale.ROOT, "has TIFF tag %d at offset %d, behind its end", tag, where));
      }
      return new TiffField(tag, type, count, bytes.asSlice(where, count * size), order);
    }

    private long get(long at, int size) throws ImageException {
      if (at < 0 || at > file.size() - size) {
        throw file.damaged("ends within its TIFF directory, at offset " + file.size());
      }
      return switch (size) {
        case 1 -> bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        case 2 -> bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at) & 0xffff;
        case 4 -> bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at) & 0xffff_ffffL;
        default -> bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
      };
    }
  }
}
