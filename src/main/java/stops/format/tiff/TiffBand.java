package stops.format.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.stream.ImageInputStreamImpl;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * A band of a TIFF picture as its decoder gets it: a BigTIFF file of the strips or tiles that hold
 * the band. In front of the bytes of the file is a directory with no other strips, and only the
 * fields that tell how samples are stored.
 *
 * <p>The decoder would decode all strips above those that it is asked for. It follows all pointers
 * to other directories before it decodes a sample, and reads the values of all fields into memory.
 * Pointers may lead in a circle, and many fields may claim the same bytes. So it gets neither.
 *
 * <p>Source: TIFF 6.0, section 2; the BigTIFF design of libtiff.
 */
final class TiffBand extends ImageInputStreamImpl {
  private static final int START_BYTES = 16;
  private static final int ENTRY_BYTES = 20;
  private static final int WINDOW_BYTES = 1 << 14;

  /**
   * The decoder takes a picture for damaged if it is larger than the file by more than this. Dark
   * ones are, and {@link TiffBlocks} has checked that they can be. So a band ends with zeros.
   */
  private static final int DECODERS_RATIO = 256;

  private final InputFile file;
  private final byte[] head;
  private final long zeros;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long windowStart;
  private int windowBytes;

  private TiffBand(InputFile file, byte[] head, long zeros) {
    this.file = file;
    this.head = head;
    this.zeros = zeros;
  }

  /**
   * The band of some strips or rows of tiles.
   *
   * @param first the first of them, counted from the top
   * @param count how many, 1 or more
   */
  static TiffBand of(InputFile file, TiffPicture picture, int first, int count) {
    long samples = (long) picture.width() * picture.names().size() * count * picture.blockRows();
    long zeros = samples * picture.type().bytes() / DECODERS_RATIO;
    return new TiffBand(file, new Directory(picture, first, count).bytes(), zeros);
  }

  /** The first bytes of the band, up to those of the file. */
  private static final class Directory {
    private final TiffPicture picture;
    private final int first;
    private final int count;
    private final ByteOrder order;
    private final TreeMap<Integer, TiffField> fields = new TreeMap<>();

    Directory(TiffPicture picture, int first, int count) {
      this.picture = picture;
      this.first = first;
      this.count = count;
      this.order = picture.directory().order();
      for (TiffField field : picture.directory().fields().values()) {
        if (TiffTags.isDecoded(field.tag()) && !TiffTags.isList(field.tag())) {
          fields.put(field.tag(), field);
        }
      }
      int top = first * picture.blockRows();
      long rows = Math.min((long) count * picture.blockRows(), picture.height() - top);
      put(TiffTags.HEIGHT, rows);
      if (!picture.blocks().tiled()) {
        put(TiffTags.ROWS_PER_STRIP, picture.blockRows());
      }
    }

    private void put(int tag, long... values) {
      fields.put(tag, TiffField.of(tag, TiffField.LONG8, order, values));
    }

    private void putBlocks(long shift) {
      boolean tiled = picture.blocks().tiled();
      int offsets = tiled ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS;
      int counts = tiled ? TiffTags.TILE_BYTE_COUNTS : TiffTags.STRIP_BYTE_COUNTS;
      long[] places = numbers(offsets);
      for (int i = 0; i < places.length; i++) {
        places[i] += shift;
      }
      put(offsets, places);
      put(counts, numbers(counts));
    }

    /** The numbers of the band's blocks, plane by plane. */
    private long[] numbers(int tag) {
      TiffField all = Objects.requireNonNull(picture.directory().get(tag));
      int across = picture.blocks().across();
      long each = all.count() / picture.blocks().planes();
      long[] numbers = new long[count * across * picture.blocks().planes()];
      int to = 0;
      for (int plane = 0; plane < picture.blocks().planes(); plane++) {
        for (int block = first * across; block < (first + count) * across; block++) {
          numbers[to++] = all.number(plane * each + block);
        }
      }
      return numbers;
    }

    byte[] bytes() {
      putBlocks(0);
      int directory = START_BYTES + Long.BYTES + fields.size() * ENTRY_BYTES + Long.BYTES;
      long length = directory;
      for (TiffField field : fields.values()) {
        length += longValues(field) ? field.bytes().byteSize() : 0;
      }
      putBlocks(length);
      ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).order(order);
      byte letter = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
      out.put(letter).put(letter).putShort((short) 43).putShort((short) Long.BYTES);
      out.putShort((short) 0).putLong(START_BYTES).putLong(fields.size());
      int free = directory;
      for (TiffField field : fields.values()) {
        byte[] values = field.toArray();
        out.putShort((short) field.tag()).putShort((short) field.type()).putLong(field.count());
        if (longValues(field)) {
          out.putLong(free).put(free, values);
          free += values.length;
        } else {
          out.put(values).put(new byte[Long.BYTES - values.length]);
        }
      }
      return out.array();
    }

    private static boolean longValues(TiffField field) {
      return field.bytes().byteSize() > Long.BYTES;
    }
  }

  /** The offset behind the last byte. */
  long end() {
    return head.length + file.size();
  }

  @Override
  public long length() {
    return end() + zeros;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int start, int count) throws IOException {
    checkClosed();
    bitOffset = 0;
    int bytes = (int) Math.min(count, length() - streamPos);
    if (count > 0 && bytes <= 0) {
      return -1;
    }
    if (streamPos >= end()) {
      Arrays.fill(to, start, start + bytes, (byte) 0);
    } else if (streamPos < head.length) {
      bytes = (int) Math.min(bytes, head.length - streamPos);
      System.arraycopy(head, (int) streamPos, to, start, bytes);
    } else {
      bytes = (int) Math.min(bytes, end() - streamPos);
      bytes = readFile(streamPos - head.length, to, start, bytes);
    }
    streamPos += bytes;
    return bytes;
  }

  private int readFile(long at, byte[] to, int start, int count) throws IOException {
    if (count >= WINDOW_BYTES) {
      fill(at, ByteBuffer.wrap(to, start, count));
      return count;
    }
    if (at < windowStart || at >= windowStart + windowBytes) {
      windowBytes = 0;
      int bytes = (int) Math.min(WINDOW_BYTES, file.size() - at);
      fill(at, ByteBuffer.wrap(window, 0, bytes));
      windowStart = at;
      windowBytes = bytes;
    }
    int from = (int) (at - windowStart);
    int bytes = Math.min(count, windowBytes - from);
    System.arraycopy(window, from, to, start, bytes);
    return bytes;
  }

  private void fill(long at, ByteBuffer buffer) throws IOException {
    try {
      file.read(at, buffer);
    } catch (ImageException e) {
      throw new Unreadable(e);
    }
  }

  /** The file could not be read, on its way through the decoder. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    private final ImageException reason;

    private Unreadable(ImageException reason) {
      super(reason);
      this.reason = reason;
    }

    ImageException reason() {
      return reason;
    }
  }
}
