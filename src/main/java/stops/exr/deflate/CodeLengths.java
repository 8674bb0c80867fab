package stops.exr.deflate;

import java.util.Arrays;

/**
 * The code lengths at the beginning of a block, for its two codes. They are run-length coded, and
 * have a prefix code of their own (RFC 1951, 3.2.7).
 */
final class CodeLengths {
  private static final int REPEAT_LAST = 16;
  private static final int FEW_ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int[] EXTRA_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

  private final DeflateCode code = new DeflateCode(ORDER.length, 7);
  private final int[] frequencies = new int[ORDER.length];
  private final byte[] lengths =
      new byte[DeflateSymbols.LITERALS_AND_LENGTHS + DeflateSymbols.DISTANCES];

  /** Each item is a symbol in the lowest 8 bits, and its extra bits from bit 8 on. */
  private final int[] items = new int[lengths.length];

  private int itemCount;
  private int literalsUsed;
  private int distancesUsed;
  private int codesUsed;

  void plan(DeflateCode literals, DeflateCode distances) {
    literalsUsed = literals.used(DeflateSymbols.FIRST_LENGTH);
    distancesUsed = distances.used(1);
    System.arraycopy(literals.lengths(), 0, lengths, 0, literalsUsed);
    System.arraycopy(distances.lengths(), 0, lengths, literalsUsed, distancesUsed);
    addItems(literalsUsed + distancesUsed);
    code.build(frequencies);
    codesUsed = ORDER.length;
    while (codesUsed > 4 && code.lengths()[ORDER[codesUsed - 1]] == 0) {
      codesUsed--;
    }
  }

  private void addItems(int count) {
    Arrays.fill(frequencies, 0);
    itemCount = 0;
    for (int at = 0; at < count; ) {
      int run = 1;
      while (at + run < count && lengths[at + run] == lengths[at]) {
        run++;
      }
      if (lengths[at] == 0) {
        addZeros(run);
      } else {
        addRun(lengths[at], run);
      }
      at += run;
    }
  }

  /** Size of the planned code lengths in bits. */
  long bits() {
    long bits = 5 + 5 + 4 + 3L * codesUsed + code.bits(frequencies);
    for (int symbol = REPEAT_LAST; symbol < EXTRA_BITS.length; symbol++) {
      bits += (long) frequencies[symbol] * EXTRA_BITS[symbol];
    }
    return bits;
  }

  void write(BitSink out) {
    out.put(literalsUsed - DeflateSymbols.FIRST_LENGTH, 5);
    out.put(distancesUsed - 1, 5);
    out.put(codesUsed - 4, 4);
    for (int i = 0; i < codesUsed; i++) {
      out.put(code.lengths()[ORDER[i]], 3);
    }
    for (int i = 0; i < itemCount; i++) {
      int symbol = items[i] & 0xff;
      out.put(code.codes()[symbol]);
      out.put(items[i] >>> 8, EXTRA_BITS[symbol]);
    }
  }

  private void addZeros(int run) {
    int left = run;
    while (left >= 11) {
      int some = Math.min(left, 138);
      add(MANY_ZEROS, some - 11);
      left -= some;
    }
    if (left >= 3) {
      add(FEW_ZEROS, left - 3);
      left = 0;
    }
    for (; left > 0; left--) {
      add(0, 0);
    }
  }

  private void addRun(int length, int run) {
    add(length, 0);
    int left = run - 1;
    while (left >= 3) {
      int some = Math.min(left, 6);
      add(REPEAT_LAST, some - 3);
      left -= some;
    }
    for (; left > 0; left--) {
      add(length, 0);
    }
  }

  private void add(int symbol, int extra) {
    items[itemCount++] = symbol | extra << 8;
    frequencies[symbol]++;
  }
}
