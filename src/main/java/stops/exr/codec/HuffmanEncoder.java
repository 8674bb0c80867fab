package stops.exr.codec;

import java.util.Arrays;
import stops.exr.deflate.BitWriter;
import stops.exr.deflate.LittleEndian;

/** Encodes words in the prefix code of PIZ, as {@link HuffmanDecoder} reads it. */
final class HuffmanEncoder {
  private static final int HEADER_BYTES = 20;
  private static final int LENGTH_BITS = 6;
  private static final int RUN_BITS = 8;
  private static final int LONGEST_RUN = 255;

  private final int[] frequencies = new int[HuffmanCode.SYMBOLS];
  private final HuffmanTree tree = new HuffmanTree();
  private final byte[] lengths = new byte[HuffmanCode.SYMBOLS];
  private final int[] counts = new int[HuffmanCode.MAX_LENGTH + 1];
  private final long[] next = new long[HuffmanCode.MAX_LENGTH + 1];

  /** For each symbol, {@code code << 6 | length}. */
  private final long[] codes = new long[HuffmanCode.SYMBOLS];

  /**
   * Encodes words.
   *
   * @param count number of words, 1 or more
   * @param packed receives the code lengths and the coded words
   * @param from index of the first byte to write
   * @param end index after the last byte that may be written
   * @return index after the last byte written, or -1 if there is too little room
   */
  int encode(short[] words, int count, byte[] packed, int from, int end) {
    if (end - from < HEADER_BYTES) {
      return -1;
    }
    Arrays.fill(frequencies, 0);
    for (int i = 0; i < count; i++) {
      frequencies[words[i] & 0xffff]++;
    }
    int least = 0;
    while (frequencies[least] == 0) {
      least++;
    }
    int runSymbol = HuffmanCode.SYMBOLS - 1;
    while (frequencies[runSymbol - 1] == 0) {
      runSymbol--;
    }
    frequencies[runSymbol] = 1;
    tree.lengths(frequencies, least, runSymbol, lengths);
    assignCodes(least, runSymbol);

    BitWriter bits = new BitWriter(packed, from + HEADER_BYTES, end);
    writeLengths(least, runSymbol, bits);
    int dataStart = bits.finish();
    if (dataStart < 0) {
      return -1;
    }
    bits = new BitWriter(packed, dataStart, end);
    writeWords(words, count, runSymbol, bits);
    long dataBits = bits.written();
    int dataEnd = bits.finish();
    if (dataEnd < 0) {
      return -1;
    }
    LittleEndian.putInt(packed, from, least);
    LittleEndian.putInt(packed, from + 4, runSymbol);
    LittleEndian.putInt(packed, from + 8, dataStart - from - HEADER_BYTES);
    LittleEndian.putInt(packed, from + 12, (int) dataBits);
    LittleEndian.putInt(packed, from + 16, 0);
    return dataEnd;
  }

  private void assignCodes(int least, int runSymbol) {
    Arrays.fill(counts, 0);
    for (int symbol = least; symbol <= runSymbol; symbol++) {
      counts[lengths[symbol]]++;
    }
    counts[0] = 0;
    HuffmanCode.firstCodes(counts, next);
    for (int symbol = least; symbol <= runSymbol; symbol++) {
      int length = lengths[symbol];
      codes[symbol] = length == 0 ? 0 : next[length]++ << LENGTH_BITS | length;
    }
  }

  private void writeLengths(int least, int runSymbol, BitWriter bits) {
    int symbol = least;
    while (symbol <= runSymbol) {
      int run = 0;
      while (run < HuffmanCode.LONG_RUN_MOST
          && symbol + run <= runSymbol
          && lengths[symbol + run] == 0) {
        run++;
      }
      if (run >= HuffmanCode.LONG_RUN_LEAST) {
        bits.write(HuffmanCode.LONG_RUN, LENGTH_BITS);
        bits.write(run - HuffmanCode.LONG_RUN_LEAST, RUN_BITS);
      } else if (run >= 2) {
        bits.write(HuffmanCode.SHORT_RUN + run - 2, LENGTH_BITS);
      } else {
        bits.write(lengths[symbol], LENGTH_BITS);
        run = 1;
      }
      symbol += run;
    }
  }

  private void writeWords(short[] words, int count, int runSymbol, BitWriter bits) {
    long runCode = codes[runSymbol];
    int i = 0;
    while (i < count && !bits.full()) {
      short word = words[i];
      long code = codes[word & 0xffff];
      int repeats = 0;
      while (repeats < LONGEST_RUN && i + 1 + repeats < count && words[i + 1 + repeats] == word) {
        repeats++;
      }
      if (length(code) + length(runCode) + RUN_BITS < length(code) * repeats) {
        bits.write(code >>> LENGTH_BITS, length(code));
        bits.write(runCode >>> LENGTH_BITS, length(runCode));
        bits.write(repeats, RUN_BITS);
      } else {
        for (int n = 0; n <= repeats; n++) {
          bits.write(code >>> LENGTH_BITS, length(code));
        }
      }
      i += repeats + 1;
    }
  }

  private static int length(long code) {
    return (int) code & 63;
  }
}
