package stops.exr.deflate;

import java.util.Arrays;

/**
 * Finds matches for DEFLATE. It tries the last two positions with the same hash of four bytes. It
 * then tries the next byte, and takes that match if it is longer.
 *
 * <p>If matches are short and few, it searches at every other position only, and tries only the
 * last position with the same hash. Float32 samples converted from float16 are such data, and two
 * bytes of each sample lie together. If data repeat little, as in photographs, it skips more and
 * more bytes. A match is extended backwards into skipped bytes. A match that would take more bits
 * than its literals is not used.
 */
final class MatchFinder {
  /**
   * Bytes at the end of the data where no search begins. A search reads a long at its position and
   * at the next.
   */
  private static final int TAIL_BYTES = 12;

  private static final int HASH_BITS = 15;
  private static final int LONGEST_STEP = 16;
  private static final int LITERALS_PER_STEP_LOG2 = 6;

  /**
   * Average match length in bytes below which a thorough search finds little more, if matches are
   * few.
   */
  private static final double SHORT_MATCH = 5.5;

  /**
   * Shortest long match. A long match is taken at once, and only the positions at its end are
   * recorded.
   */
  private static final int LONG_MATCH = 32;

  private static final int REMEMBERED_WHOLE = 16;

  /** Estimated size of a match in bits, without the extra bits of its distance. */
  private static final int MATCH_BITS = 12;

  /**
   * For each hash, its last position. The lowest 16 bits are those of the position. The upper 16
   * bits are bits of the four bytes' product that are not in the hash. They rule out nearly all
   * positions with other bytes.
   */
  private final int[] newest = new int[1 << HASH_BITS];

  /** For each position, the lowest 16 bits of the previous position with the same hash. */
  private final char[] before = new char[DeflateSymbols.FARTHEST];

  private byte[] bytes = new byte[0];
  private int count;
  private boolean thorough;
  private int quarterBitsPerLiteral;
  private int length;
  private int distance;

  /** Begins new data. The finder drops its reference to them after the last block. */
  void start(byte[] data, int dataBytes) {
    bytes = data;
    count = dataBytes;
    thorough = true;
    // Positions in the previous data would be invalid here.
    Arrays.fill(newest, 0);
    Arrays.fill(before, (char) 0);
  }

  /**
   * Finds the tokens of a block.
   *
   * @param start index of the block's first byte
   * @param size least size of the block in bytes, unless there are too many matches or the data end
   * @param quarterBits estimated size of a literal, in quarters of a bit
   * @return index after the block; a rest too short for a block of its own is included
   */
  int block(int start, int size, int quarterBits, DeflateTokens tokens) {
    quarterBitsPerLiteral = quarterBits;
    tokens.clear();
    int stride = thorough ? 1 : 2;
    int matched = 0;
    int searchable = count - TAIL_BYTES;
    int end = Math.min(searchable, start + size);
    int literal = start;
    int at = ceiling(start, stride);
    while (at < end && !tokens.full()) {
      if (find(at)) {
        if (thorough && length < LONG_MATCH && at + 1 < end && findLonger(at + 1)) {
          at++;
        }
        int begin = beginning(at, literal);
        int next = at + length;
        tokens.add(begin - literal, next - begin, distance);
        matched += next - begin;
        literal = next;
        remember(at + stride, Math.min(next, searchable), stride);
        at = ceiling(next, stride);
      } else {
        at += stride * Math.min(LONGEST_STEP, 1 + (at - literal >>> LITERALS_PER_STEP_LOG2));
      }
    }
    thorough = matched >= SHORT_MATCH * tokens.matches() || 2 * matched > at - start;
    if (at >= searchable) {
      at = count;
    }
    tokens.end(at - literal);
    return at;
  }

  private static int ceiling(int place, int stride) {
    return place + stride - 1 & -stride;
  }

  /**
   * Extends the match at {@code at} backwards over equal bytes that were skipped. Returns its new
   * beginning, {@code least} or later.
   */
  private int beginning(int at, int least) {
    int first = Math.max(Math.max(least, distance), at - DeflateSymbols.LONGEST_MATCH + length);
    int begin = at;
    while (begin > first && bytes[begin - 1] == bytes[begin - 1 - distance]) {
      begin--;
    }
    return begin;
  }

  /** Searches for a match at {@code at} and records the position. */
  private boolean find(int at) {
    long here = LittleEndian.getLong(bytes, at);
    int product = product(here);
    int entry = newest[hash(product)];
    newest[hash(product)] = entry(product, at);
    length = 0;
    if (entry >>> 16 == (product & 0xffff)) {
      compare(here, at, at - entry & 0xffff);
    }
    if (thorough) {
      before[at & DeflateSymbols.FARTHEST - 1] = (char) entry;
      if (length < LONG_MATCH) {
        int older = before[entry & DeflateSymbols.FARTHEST - 1];
        compare(here, at, at - older & 0xffff);
      }
    }
    return length > 0;
  }

  /**
   * Searches for a match at {@code at} that is longer than the current one. Records the position if
   * there is one.
   */
  private boolean findLonger(int at) {
    long here = LittleEndian.getLong(bytes, at);
    int product = product(here);
    int entry = newest[hash(product)];
    int shorter = length;
    if (entry >>> 16 == (product & 0xffff)) {
      compare(here, at, at - entry & 0xffff);
    }
    if (length == shorter) {
      return false;
    }
    newest[hash(product)] = entry(product, at);
    before[at & DeflateSymbols.FARTHEST - 1] = (char) entry;
    return true;
  }

  /** Records the positions within a match, or only those at its end. */
  private void remember(int from, int to, int stride) {
    int first = to - from < REMEMBERED_WHOLE ? from : ceiling(to - 3, stride);
    for (int at = first; at < to; at += stride) {
      int product = product(LittleEndian.getLong(bytes, at));
      before[at & DeflateSymbols.FARTHEST - 1] = (char) newest[hash(product)];
      newest[hash(product)] = entry(product, at);
    }
  }

  /** Takes the match at the distance {@code away} if it is the longest so far. */
  private void compare(long here, int at, int away) {
    if (away == 0 || away > DeflateSymbols.FARTHEST) {
      return;
    }
    int same = same(here, at, at - away);
    if (same > length && worthwhile(same, away)) {
      length = same;
      distance = away;
    }
  }

  private boolean worthwhile(int same, int away) {
    int bits = MATCH_BITS + 31 - Integer.numberOfLeadingZeros(away);
    return same >= DeflateSymbols.SHORTEST_MATCH && same * quarterBitsPerLiteral > 4 * bits;
  }

  /**
   * Number of equal bytes at both positions. {@code here} has the first eight bytes at {@code at}.
   */
  private int same(long here, int at, int place) {
    long difference = here ^ LittleEndian.getLong(bytes, place);
    int most = Math.min(DeflateSymbols.LONGEST_MATCH, count - at);
    int same = 0;
    while (difference == 0) {
      same += Long.BYTES;
      if (same > most - Long.BYTES) {
        while (same < most && bytes[at + same] == bytes[place + same]) {
          same++;
        }
        return same;
      }
      difference =
          LittleEndian.getLong(bytes, at + same) ^ LittleEndian.getLong(bytes, place + same);
    }
    return same + (Long.numberOfTrailingZeros(difference) >>> 3);
  }

  /** The product for the hash of the first four bytes. Different bytes have different products. */
  private static int product(long eight) {
    return (int) eight * 0x9e3779b1;
  }

  private static int hash(int product) {
    return product >>> 32 - HASH_BITS;
  }

  private static int entry(int product, int at) {
    return product << 16 | at & 0xffff;
  }
}
