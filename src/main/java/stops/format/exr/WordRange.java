package stops.format.exr;

import java.util.Arrays;

/**
 * Which 16-bit words occur in a block, as PIZ stores it: a bit for each word from the first to the
 * last byte that is not zero. Word 0 is always taken to occur.
 *
 * <p>PIZ numbers the words that occur from 0 in increasing order, so that there are fewer.
 */
final class WordRange {
  private static final int WORDS = 1 << 16;
  private static final int BITMAP_BYTES = WORDS / 8;
  private static final int HEADER_BYTES = 4;

  private final byte[] bitmap = new byte[BITMAP_BYTES];
  private final short[] table = new short[WORDS];

  /**
   * Reads the words that occur. {@link #table()} has then the word of each number; numbers that no
   * word has are word 0.
   *
   * @param packed the range is at the beginning
   * @return size of the range in bytes
   */
  int read(byte[] packed, int packedBytes) throws ExrException {
    if (packedBytes < HEADER_BYTES) {
      throw new ExrException("PIZ data ends early");
    }
    int first = LittleEndian.getShort(packed, 0) & 0xffff;
    int last = LittleEndian.getShort(packed, 2) & 0xffff;
    if (last >= BITMAP_BYTES) {
      throw new ExrException("PIZ range of values is too large");
    }
    int size = Math.max(0, last - first + 1);
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

  /**
   * Finds the words that occur. {@link #table()} has then the number of each word.
   *
   * @return size of the range in bytes
   */
  int find(short[] words, int count, byte[] packed) {
    Arrays.fill(bitmap, (byte) 0);
    for (int i = 0; i < count; i++) {
      int word = words[i] & 0xffff;
      bitmap[word >>> 3] |= (byte) (1 << (word & 7));
    }
    bitmap[0] &= ~1;
    int first = BITMAP_BYTES - 1;
    int last = 0;
    int number = 0;
    for (int i = 0; i < BITMAP_BYTES; i++) {
      int bits = bitmap[i] & 0xff;
      if (bits != 0) {
        first = Math.min(first, i);
        last = i;
      }
      while (bits != 0) {
        table[i * 8 + Integer.numberOfTrailingZeros(bits)] = (short) ++number;
        bits &= bits - 1;
      }
    }
    table[0] = 0;
    largest = number;
    LittleEndian.putShort(packed, 0, (short) first);
    LittleEndian.putShort(packed, 2, (short) last);
    int size = Math.max(0, last - first + 1);
    System.arraycopy(bitmap, first, packed, HEADER_BYTES, size);
    return HEADER_BYTES + size;
  }

  private int largest;

  /** The largest number of a word; there is one more word that occurs. */
  int largest() {
    return largest;
  }

  /** The words by number, or the numbers by word. */
  short[] table() {
    return table;
  }
}
