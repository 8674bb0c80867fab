package stops.exr.codec;

import java.util.Arrays;
import stops.exr.deflate.LittleEndian;

/**
 * The set of 16-bit words that occur in a block, as PIZ stores it: a bitmap with one bit for each
 * word, from its first to its last nonzero byte. Word 0 always counts as occurring.
 *
 * <p>PIZ numbers the occurring words from 0 in increasing order, so that values become smaller.
 */
final class WordRange {
  private static final int WORDS = 1 << 16;
  private static final int BITMAP_BYTES = WORDS / 8;
  private static final int HEADER_BYTES = 4;

  private final byte[] bitmap = new byte[BITMAP_BYTES];
  private final short[] table = new short[WORDS];
  private int first;
  private int last;
  private int largest;

  /**
   * Reads the set. Afterwards {@link #table()} has the word of each number, and 0 for unused
   * numbers.
   *
   * @param packed begins with the range
   * @return size of the range in bytes
   */
  int read(byte[] packed, int packedBytes) throws ExrException {
    if (packedBytes < HEADER_BYTES) {
      throw new ExrException("PIZ data ends early");
    }
    first = LittleEndian.getShort(packed, 0) & 0xffff;
    last = LittleEndian.getShort(packed, 2) & 0xffff;
    if (last >= BITMAP_BYTES) {
      throw new ExrException("PIZ range of values is too large");
    }
    int size = bytes() - HEADER_BYTES;
    if (size > packedBytes - HEADER_BYTES) {
      throw new ExrException("PIZ data ends early");
    }
    int numbers = 1;
    for (int i = 0; i < size; i++) {
      int bits = packed[HEADER_BYTES + i] & 0xff;
      int word = (first + i) * 8;
      if (word == 0) {
        bits &= ~1;
      }
      while (bits != 0) {
        table[numbers++] = (short) (word + Integer.numberOfTrailingZeros(bits));
        bits &= bits - 1;
      }
    }
    largest = numbers - 1;
    Arrays.fill(table, numbers, WORDS, (short) 0);
    return HEADER_BYTES + size;
  }

  /** Finds the occurring words. Afterwards {@link #table()} has the number of each word. */
  void find(short[] words, int count) {
    Arrays.fill(bitmap, (byte) 0);
    for (int i = 0; i < count; i++) {
      int word = words[i] & 0xffff;
      bitmap[word >>> 3] |= (byte) (1 << (word & 7));
    }
    bitmap[0] &= ~1;
    first = BITMAP_BYTES - 1;
    last = 0;
    largest = 0;
    table[0] = 0;
    for (int i = 0; i < BITMAP_BYTES; i++) {
      int bits = bitmap[i] & 0xff;
      if (bits != 0) {
        first = Math.min(first, i);
        last = i;
      }
      while (bits != 0) {
        table[i * 8 + Integer.numberOfTrailingZeros(bits)] = (short) ++largest;
        bits &= bits - 1;
      }
    }
  }

  /** Size in bytes of the range that {@link #find} found. */
  int bytes() {
    return HEADER_BYTES + Math.max(0, last - first + 1);
  }

  /** Writes the range at the beginning of {@code packed}. */
  void write(byte[] packed) {
    LittleEndian.putShort(packed, 0, (short) first);
    LittleEndian.putShort(packed, 2, (short) last);
    System.arraycopy(bitmap, first, packed, HEADER_BYTES, bytes() - HEADER_BYTES);
  }

  /** The largest number of a word: one less than the count of occurring words. */
  int largest() {
    return largest;
  }

  /** The words by number after {@link #read}, or the numbers by word after {@link #find}. */
  short[] table() {
    return table;
  }
}
