package stops.exr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import stops.exr.deflate.LittleEndian;

/**
 * Decodes the prefix code of PIZ and DWA.
 *
 * <p>Codes of up to {@link #TABLE_BITS} bits take one table lookup, indexed by the next bits.
 * Nearly all codes are so short. Longer codes are found by comparison with the first code of each
 * length.
 */
final class HuffmanDecoder {
  private static final VarHandle BIG_ENDIAN_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int HEADER_BYTES = 20;
  private static final int LONGEST_RUN = 255;
  private static final int CHECK_WORDS = 1 << 15;

  /** Bits that index the table. Four such codes fit into the 56 bits that a refill guarantees. */
  private static final int TABLE_BITS = 13;

  /**
   * Table entry for run symbols and for codes too long for the table. Other entries are {@code
   * symbol << 8 | length}.
   */
  private static final int RARE = 0;

  private final int[] table = new int[1 << TABLE_BITS];
  private final int[] counts = new int[HuffmanCode.MAX_LENGTH + 1];
  private final long[] first = new long[HuffmanCode.MAX_LENGTH + 1];
  private final int[] ranks = new int[HuffmanCode.MAX_LENGTH + 1];
  private final int[] found = new int[HuffmanCode.SYMBOLS];
  private final int[] symbols = new int[HuffmanCode.SYMBOLS];
  private byte[] bytes = new byte[0];
  private int runSymbol;
  private long bitAt;
  private long bitEnd;

  /**
   * Decodes exactly {@code count} words.
   *
   * @param packed the code lengths and the coded words
   * @param from index of the first byte
   * @param size number of bytes
   * @param words receives the words from 0
   */
  void decode(byte[] packed, int from, int size, short[] words, int count) throws ExrException {
    try {
      readCode(packed, from, size);
      decodeWords(words, 0, count, count);
      finish();
    } finally {
      bytes = new byte[0];
    }
  }

  /** Checks in little memory whether {@link #decode} would succeed. */
  void check(byte[] packed, int from, int size, int count) throws ExrException {
    try {
      readCode(packed, from, size);
      short[] piece = new short[CHECK_WORDS];
      int left = count;
      int start = 0;
      while (left > 0) {
        boolean last = left <= piece.length - start;
        int end = last ? start + left : piece.length;
        int done = decodeWords(piece, start, last ? end : end - LONGEST_RUN, end);
        left -= done - start;
        piece[0] = piece[done - 1];
        start = 1;
      }
      finish();
    } finally {
      bytes = new byte[0];
    }
  }

  private void readCode(byte[] packed, int from, int size) throws ExrException {
    if (size < HEADER_BYTES) {
      throw new ExrException("Huffman data ends early");
    }
    int least = LittleEndian.getInt(packed, from);
    runSymbol = LittleEndian.getInt(packed, from + 4);
    long bits = Integer.toUnsignedLong(LittleEndian.getInt(packed, from + 12));
    if (least < 0 || runSymbol < least || runSymbol >= HuffmanCode.SYMBOLS) {
      throw new ExrException("Huffman symbols out of range");
    }
    bytes = packed;
    bitAt = (from + (long) HEADER_BYTES) * 8;
    bitEnd = (from + (long) size) * 8;
    readLengths(least);
    bitAt = (bitAt + 7) & -8;
    if (bits > bitEnd - bitAt) {
      throw new ExrException("Huffman data ends early");
    }
    bitEnd = bitAt + bits;
    buildTable();
  }

  private void finish() throws ExrException {
    if (bitAt != bitEnd) {
      throw new ExrException("Huffman data does not end with the block");
    }
  }

  /** Reads the code lengths. Afterwards {@link #found} has the symbols with a code. */
  private void readLengths(int least) throws ExrException {
    Arrays.fill(counts, 0);
    int codes = 0;
    int symbol = least;
    while (symbol <= runSymbol) {
      int length = takeBits(6);
      if (length == HuffmanCode.LONG_RUN) {
        symbol += takeBits(8) + HuffmanCode.LONG_RUN_LEAST;
      } else if (length >= HuffmanCode.SHORT_RUN) {
        symbol += length - HuffmanCode.SHORT_RUN + 2;
      } else {
        if (length > 0) {
          counts[length]++;
          found[codes++] = symbol << 6 | length;
        }
        symbol++;
      }
    }
    if (symbol != runSymbol + 1) {
      throw new ExrException("Huffman code has more lengths than symbols");
    }
    if (!HuffmanCode.firstCodes(counts, first)) {
      throw new ExrException("Huffman code is not complete");
    }
    int rank = 0;
    for (int length = HuffmanCode.MAX_LENGTH; length > 0; length--) {
      ranks[length] = rank;
      rank += counts[length];
    }
    for (int i = 0; i < codes; i++) {
      symbols[ranks[found[i] & 63]++] = found[i] >>> 6;
    }
    for (int length = 1; length <= HuffmanCode.MAX_LENGTH; length++) {
      ranks[length] -= counts[length];
    }
  }

  private void buildTable() {
    Arrays.fill(table, RARE);
    for (int length = 1; length <= TABLE_BITS; length++) {
      int span = 1 << (TABLE_BITS - length);
      int at = (int) first[length] << (TABLE_BITS - length);
      for (int i = 0; i < counts[length]; i++, at += span) {
        int symbol = symbols[ranks[length] + i];
        if (symbol != runSymbol) {
          Arrays.fill(table, at, at + span, symbol << 8 | length);
        }
      }
    }
  }

  /**
   * Decodes words up to index {@code enough} or further, but not beyond {@code end}.
   *
   * @return index after the last decoded word
   */
  private int decodeWords(short[] words, int from, int enough, int end) throws ExrException {
    int done = from;
    while (done < enough) {
      done = decodeShortCodes(words, done, enough);
      if (done < enough) {
        done = decodeOne(words, done, end);
      }
    }
    return done;
  }

  /** Decodes words until it meets a rare code or nears the end of the input or output. */
  private int decodeShortCodes(short[] words, int from, int count) {
    byte[] in = bytes;
    int[] entries = table;
    int lastRefill = (int) (bitEnd >>> 3) - Long.BYTES;
    int at = (int) (bitAt >>> 3);
    if (at > lastRefill) {
      return from;
    }
    int done = from;
    long window = (long) BIG_ENDIAN_LONGS.get(in, at) << (bitAt & 7);
    int valid = 56 - (int) (bitAt & 7);
    at += 7;
    while (at <= lastRefill && done <= count - 4) {
      // Bits below the valid ones may be set already. They equal the bits or-ed in, which come from
      // the same bytes.
      window |= (long) BIG_ENDIAN_LONGS.get(in, at) >>> valid;
      at += (63 - valid) >>> 3;
      valid |= 56;
      int entry = entries[(int) (window >>> (64 - TABLE_BITS))];
      if (entry == RARE) {
        break;
      }
      words[done++] = (short) (entry >>> 8);
      window <<= entry;
      valid -= entry & 63;
      entry = entries[(int) (window >>> (64 - TABLE_BITS))];
      if (entry == RARE) {
        break;
      }
      words[done++] = (short) (entry >>> 8);
      window <<= entry;
      valid -= entry & 63;
      entry = entries[(int) (window >>> (64 - TABLE_BITS))];
      if (entry == RARE) {
        break;
      }
      words[done++] = (short) (entry >>> 8);
      window <<= entry;
      valid -= entry & 63;
      entry = entries[(int) (window >>> (64 - TABLE_BITS))];
      if (entry == RARE) {
        break;
      }
      words[done++] = (short) (entry >>> 8);
      window <<= entry;
      valid -= entry & 63;
    }
    bitAt = at * 8L - valid;
    return done;
  }

  /** Decodes one symbol of any code length, including the run symbol. */
  private int decodeOne(short[] words, int from, int count) throws ExrException {
    long window = window();
    int length = 1;
    while (window >>> (64 - length) < first[length]) {
      length++;
    }
    int symbol = symbols[ranks[length] + (int) ((window >>> (64 - length)) - first[length])];
    skipBits(length);
    if (symbol != runSymbol) {
      words[from] = (short) symbol;
      return from + 1;
    }
    int run = takeBits(8);
    if (from == 0 || run == 0 || run > count - from) {
      throw new ExrException("Huffman run out of range");
    }
    Arrays.fill(words, from, from + run, words[from - 1]);
    return from + run;
  }

  private int takeBits(int bits) throws ExrException {
    int value = (int) (window() >>> (64 - bits));
    skipBits(bits);
    return value;
  }

  private void skipBits(int bits) throws ExrException {
    bitAt += bits;
    if (bitAt > bitEnd) {
      throw new ExrException("Huffman data ends early");
    }
  }

  /** At least the next 58 bits, left-aligned. Zeros follow the last byte. */
  private long window() {
    int at = (int) (bitAt >>> 3);
    int shift = (int) (bitAt & 7);
    int end = (int) ((bitEnd + 7) >>> 3);
    if (at + Long.BYTES < end) {
      return (long) BIG_ENDIAN_LONGS.get(bytes, at) << shift
          | (bytes[at + Long.BYTES] & 0xff) >>> (8 - shift);
    }
    long window = 0;
    for (int i = at; i < end; i++) {
      window |= (bytes[i] & 0xffL) << 56 >>> (8 * (i - at));
    }
    return window << shift;
  }
}
