package stops.exr.deflate;

import java.util.Arrays;

/**
 * A prefix code of DEFLATE for the symbol frequencies of a block. It is optimal, except that code
 * lengths are limited. The code is complete and has two symbols at least, as decoders require.
 */
final class DeflateCode {
  private static final int DIGIT_BITS = 8;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final int symbols;
  private final int longest;
  private final int[] order;
  private final int[] work;
  private final int[] ends = new int[DIGITS];
  private final byte[] lengths;

  /** For each symbol its code, first bit lowest, and from bit 16 on its length. */
  private final int[] codes;

  DeflateCode(int symbols, int longest) {
    this.symbols = symbols;
    this.longest = longest;
    order = new int[symbols];
    work = new int[symbols];
    lengths = new byte[symbols];
    codes = new int[symbols];
  }

  /** The code length of each symbol in bits; 0 if the symbol does not occur. */
  byte[] lengths() {
    return lengths;
  }

  /** For each symbol its code, first bit lowest, and from bit 16 on its length. */
  int[] codes() {
    return codes;
  }

  /** Number of symbols up to the last one that occurs, at least {@code least}. */
  int used(int least) {
    int used = symbols;
    while (used > least && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /** Coded size in bits of symbols with these frequencies. */
  long bits(int[] frequencies) {
    long bits = 0;
    for (int s = 0; s < symbols; s++) {
      bits += (long) frequencies[s] * lengths[s];
    }
    return bits;
  }

  /** Makes the code. Frequencies must be below 2^21. */
  void build(int[] frequencies) {
    // Each loop is a method of its own. Java's compiler is slow with many loops in one method, and
    // compiles the method anew for each hot loop.
    int count = order(frequencies);
    sort(count);
    frequencies(count);
    depths(work, count);
    int[] perLength = limited(count);
    lengths(count, perLength);
    assign(perLength);
  }

  /**
   * Lists the symbols that occur, two at least. Each entry has the frequency in its upper bits and
   * the symbol below.
   */
  private int order(int[] frequencies) {
    int count = 0;
    for (int s = 0; s < symbols; s++) {
      if (frequencies[s] > 0) {
        order[count++] = frequencies[s] << 9 | s;
      }
    }
    for (int s = 0; count < 2; s++) {
      if (frequencies[s] == 0) {
        order[count++] = s;
      }
    }
    return count;
  }

  private void frequencies(int count) {
    for (int i = 0; i < count; i++) {
      work[i] = order[i] >>> 9;
    }
  }

  private void lengths(int count, int[] perLength) {
    Arrays.fill(lengths, (byte) 0);
    int next = count - 1;
    for (int length = 1; length <= longest; length++) {
      for (int n = perLength[length]; n > 0; n--) {
        lengths[order[next--] & 0x1ff] = (byte) length;
      }
    }
  }

  /**
   * Sorts the first {@code count} entries of {@link #order} by frequency. It is a radix sort,
   * lowest digit first, which stops after the highest nonzero digit. Entries of equal frequency
   * stay in the order of their symbols.
   */
  private void sort(int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most |= order[i];
    }
    for (int shift = 9; shift < Integer.SIZE && most >>> shift != 0; shift += DIGIT_BITS) {
      countDigits(count, shift);
      System.arraycopy(order, 0, work, 0, count);
      for (int i = count - 1; i >= 0; i--) {
        order[--ends[work[i] >>> shift & DIGITS - 1]] = work[i];
      }
    }
  }

  /** Finds the end of each digit's range in the sorted order. */
  private void countDigits(int count, int shift) {
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[order[i] >>> shift & DIGITS - 1]++;
    }
    int end = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      end += ends[digit];
      ends[digit] = end;
    }
  }

  /**
   * Replaces ascending frequencies by code lengths, descending, in place (Moffat and Katajainen,
   * 1995).
   */
  private static void depths(int[] a, int n) {
    a[0] += a[1];
    int root = 0;
    int leaf = 2;
    for (int next = 1; next < n - 1; next++) {
      if (leaf >= n || a[root] < a[leaf]) {
        a[next] = a[root];
        a[root++] = next;
      } else {
        a[next] = a[leaf++];
      }
      if (leaf >= n || (root < next && a[root] < a[leaf])) {
        a[next] += a[root];
        a[root++] = next;
      } else {
        a[next] += a[leaf++];
      }
    }
    a[n - 2] = 0;
    for (int next = n - 3; next >= 0; next--) {
      a[next] = a[a[next]] + 1;
    }
    int available = 1;
    int used = 0;
    int depth = 0;
    int inner = n - 2;
    int next = n - 1;
    while (available > 0) {
      while (inner >= 0 && a[inner] == depth) {
        used++;
        inner--;
      }
      while (available > used) {
        a[next--] = depth;
        available--;
      }
      available = 2 * used;
      depth++;
      used = 0;
    }
  }

  /** Number of codes of each length. No code is longer than allowed, and the code is complete. */
  private int[] limited(int count) {
    int[] perLength = new int[longest + 1];
    int whole = 1 << longest;
    int taken = 0;
    for (int i = 0; i < count; i++) {
      int length = Math.min(work[i], longest);
      perLength[length]++;
      taken += whole >> length;
    }
    while (taken > whole) {
      int length = longest - 1;
      while (perLength[length] == 0) {
        length--;
      }
      perLength[length]--;
      perLength[length + 1]++;
      taken -= whole >> length + 1;
    }
    while (taken < whole) {
      int length = 2;
      while (perLength[length] == 0 || whole >> length > whole - taken) {
        length++;
      }
      perLength[length]--;
      perLength[length - 1]++;
      taken += whole >> length;
    }
    return perLength;
  }

  private void assign(int[] perLength) {
    int[] next = new int[longest + 2];
    for (int length = 1; length <= longest; length++) {
      next[length + 1] = next[length] + perLength[length] << 1;
    }
    for (int s = 0; s < symbols; s++) {
      int length = lengths[s];
      codes[s] = length == 0 ? 0 : Integer.reverse(next[length]++) >>> 32 - length | length << 16;
    }
  }
}
