package stops.exr.deflate;

import java.util.Arrays;

/**
 * Finds repetitions: the last two places with the same hash of four bytes, and one byte further on
 * if that gives a longer one.
 *
 * <p>Where matches are short and few, as those of float32 that a few thousand float16 became, it
 * looks from every other place only, and at the last place only: two bytes of each such sample lie
 * together. Where little repeats, as in photographs, it passes over more and more bytes. It goes
 * back to where a match begins; and what would take more bits than its literals is no match.
 */
final class MatchFinder {
  /** Two longs are compared at a place and the next one. */
  private static final int TAIL_BYTES = 12;

  private static final int HASH_BITS = 15;
  private static final int LONGEST_STEP = 16;
  private static final int LITERALS_PER_STEP_LOG2 = 6;

  /** Where matches are shorter on average, and few, more thorough a search finds little more. */
  private static final double SHORT_MATCH = 5.5;

  /** A match as long as this is taken at once, and only the places at its end are remembered. */
  private static final int LONG_MATCH = 32;

  private static final int REMEMBERED_WHOLE = 16;

  /** Bits of a match besides those of its distance. */
  private static final int MATCH_BITS = 12;

  /**
   * For each hash, the place where it was last: its lowest 16 bits, and above them as many bits of
   * the four bytes' product that are not in the hash. So other bytes are hardly ever looked at.
   */
  private final int[] newest = new int[1 << HASH_BITS];

  /** For each place, the lowest 16 bits of the one before it with the same hash. */
  private final char[] before = new char[DeflateSymbols.FARTHEST];

  private byte[] bytes = new byte[0];
  private int count;
  private boolean thorough;
  private int quarterBitsPerLiteral;
  private int length;
  private int distance;

  /** Begins with new data, of which nothing is kept after its last block. */
  void start(byte[] data, int dataBytes) {
    bytes = data;
    count = dataBytes;
    thorough = true;
    // Places of other data may lie before the beginning of these.
    Arrays.fill(newest, 0);
    Arrays.fill(before, (char) 0);
  }

  /**
   * Finds the tokens of a block.
   *
   * @param start where the block begins
   * @param size how long it is to be at least, unless there are too many matches or the data ends
   * @param quarterBits how many quarters of a bit a literal may take
   * @return where it ends; so long that the rest is worth no block of its own
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
   * Where the match at {@code at} begins if the bytes before it are the same too, which were passed
   * over: {@code least} or later.
   */
  private int beginning(int at, int least) {
    int first = Math.max(Math.max(least, distance), at - DeflateSymbols.LONGEST_MATCH + length);
    int begin = at;
    while (begin > first && bytes[begin - 1] == bytes[begin - 1 - distance]) {
      begin--;
    }
    return begin;
  }

  /** Looks for a match at {@code at} and remembers the place. */
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

  /** Looks for a match at {@code at} that is longer than the one before; remembers it then. */
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

  /** Remembers the places within a match, or those at its end. */
  private void remember(int from, int to, int stride) {
    int first = to - from < REMEMBERED_WHOLE ? from : ceiling(to - 3, stride);
    for (int at = first; at < to; at += stride) {
      int product = product(LittleEndian.getLong(bytes, at));
      before[at & DeflateSymbols.FARTHEST - 1] = (char) newest[hash(product)];
      newest[hash(product)] = entry(product, at);
    }
  }

  /** Takes the match so far away, if it is the longest yet. */
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

  /** How many bytes are the same at both places; {@code here} are the first eight. */
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

  /** Of the first four bytes: different bytes have different products. */
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
