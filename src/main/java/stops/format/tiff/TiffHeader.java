package stops.format.tiff;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Writes all bytes before the samples of an uncompressed little-endian TIFF file: the header, its
 * one directory, and the values that do not fit into the directory. The file is BigTIFF if it has 4
 * GiB or more, or a field of a type that only BigTIFF has.
 */
final class TiffHeader {
  private static final long BIG_BYTES = 0xffff_0000L;
  private static final long STRIP_BYTES = 1L << 20;
  private static final int ALIGNMENT_BYTES = 64;
  private static final int FLOATING_POINT = 3;

  private final TreeMap<Integer, TiffField> fields = new TreeMap<>();
  private final boolean big;
  private final int rows;
  private final int strips;
  private final long rowBytes;
  private final long dataBytes;

  /**
   * The header of a picture.
   *
   * @param carried other fields, little-endian
   */
  TiffHeader(
      long width, long height, int channels, int sampleBytes, Collection<TiffField> carried) {
    this.rowBytes = width * channels * sampleBytes;
    this.dataBytes = rowBytes * height;
    this.rows = (int) Math.clamp(STRIP_BYTES / rowBytes, 1, height);
    this.strips = Math.toIntExact((height - 1) / rows + 1);
    long extra = carried.stream().mapToLong(field -> field.bytes().byteSize()).sum();
    this.big =
        dataBytes + extra + strips * 16L > BIG_BYTES || carried.stream().anyMatch(TiffField::isBig);
    carried.forEach(field -> fields.put(field.tag(), field));
    put(TiffTags.WIDTH, TiffField.LONG, width);
    put(TiffTags.HEIGHT, TiffField.LONG, height);
    put(TiffTags.BITS_PER_SAMPLE, TiffField.SHORT, repeat(sampleBytes * 8, channels));
    put(TiffTags.COMPRESSION, TiffField.SHORT, 1);
    put(TiffTags.PHOTOMETRIC, TiffField.SHORT, channels < 3 ? 1 : 2);
    put(TiffTags.SAMPLES_PER_PIXEL, TiffField.SHORT, channels);
    put(TiffTags.ROWS_PER_STRIP, TiffField.LONG, rows);
    put(TiffTags.PLANAR_CONFIGURATION, TiffField.SHORT, 1);
    put(TiffTags.SAMPLE_FORMAT, TiffField.SHORT, repeat(FLOATING_POINT, channels));
    putStrips(0);
  }

  /** A text field of a directory. */
  static TiffField text(int tag, String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return new TiffField(
        tag, TiffField.ASCII, bytes.length, MemorySegment.ofArray(bytes), ByteOrder.LITTLE_ENDIAN);
  }

  /** A field of 16-bit numbers. */
  static TiffField number(int tag, int value) {
    return TiffField.of(tag, TiffField.SHORT, ByteOrder.LITTLE_ENDIAN, value);
  }

  private static long[] repeat(long value, int count) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }

  private void put(int tag, int type, long... values) {
    fields.put(tag, TiffField.of(tag, type, ByteOrder.LITTLE_ENDIAN, values));
  }

  private void putStrips(long firstOffset) {
    long[] offsets = new long[strips];
    long[] counts = new long[strips];
    for (int i = 0; i < strips; i++) {
      long begin = i * rows * rowBytes;
      offsets[i] = firstOffset + begin;
      counts[i] = Math.min(rows * rowBytes, dataBytes - begin);
    }
    int type = big ? TiffField.LONG8 : TiffField.LONG;
    put(TiffTags.STRIP_OFFSETS, type, offsets);
    put(TiffTags.STRIP_BYTE_COUNTS, type, counts);
  }

  /** All bytes before the first sample. */
  byte[] write() {
    int inline = big ? 8 : 4;
    int start = big ? 16 : 8;
    int directory = (big ? 8 : 2) + fields.size() * (big ? 20 : 12) + inline;
    long more = 0;
    for (TiffField field : fields.values()) {
      long bytes = field.bytes().byteSize();
      more += bytes > inline ? bytes + (bytes & 1) : 0;
    }
    int length =
        Math.toIntExact((start + directory + more + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES);
    putStrips(length);
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
    if (big) {
      out.putShort((short) 8).putShort((short) 0).putLong(start).putLong(fields.size());
    } else {
      out.putInt(start).putShort((short) fields.size());
    }
    int free = start + directory;
    for (TiffField field : fields.values()) {
      byte[] bytes = field.toArray();
      out.putShort((short) field.tag()).putShort((short) field.type());
      offset(out, field.count());
      if (bytes.length <= inline) {
        out.put(bytes).put(new byte[inline - bytes.length]);
      } else {
        offset(out, free);
        out.put(free, bytes);
        free += bytes.length + (bytes.length & 1);
      }
    }
    return out.array();
  }

  private void offset(ByteBuffer out, long value) {
    if (big) {
      out.putLong(value);
    } else {
      out.putInt((int) value);
    }
  }
}
