package stops.format.exr;

import java.util.Arrays;

/**
 * Finds repetitions: the last two places with the same hash of four bytes, and one byte further on
 * if that gives a longer one. Where matches are short, as those of float32 that a few thousand
 * float16 became, it looks at the last place only. Where little repeats, as in photographs, it
 * passes over more and more bytes, and goes back to where a match begins; and what would take more
 * bits than its literals is no match.
 */
final class MatchFinder {
  /** Two longs are compared at a place and the next one. */
  private static final int TAIL_BYTES = 12;

  private static final int HASH_BITS = 15;
  private static final int PLACES_TRIED = 2;
  private static final int LONGEST_STEP = 16;
  private static final int LITERALS_PER_STEP_LOG2 = 6;

  /** Where matches are shorter on average, a longer one is seldom found. */
  private static final double SHORT_MATCH = 5.5;

  /** A match as long as this is taken at once, and only the places at its end are remembered. */
  private static final int LONG_MATCH = 32;

  private static final int REMEMBERED_WHOLE = 16;

  /** Bits of a match besides those of its distance. */
  private static final int MATCH_BITS = 12;

  private final int[] newest = new int[1 << HASH_BITS];
  private final int[] before = new int[DeflateSymbols.FARTHEST];
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
    Arrays.fill(newest, -1);
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
    int matched = 0;
    int searchable = count - TAIL_BYTES;
    int end = Math.min(searchable, start + size);
    int literal = start;
    int at = start;
    while (at < end && !tokens.full()) {
      if (find(at)) {
        if (thorough && length < LONG_MATCH && at + 1 < end && findLonger(at + 1)) {
          at++;
        }
        at = extendBack(at, literal);
        tokens.add(at - literal, length, distance);
        matched += length;
        remember(at + 1, at + length, searchable);
        at += length;
        literal = at;
      } else {
        at += Math.min(LONGEST_STEP, 1 + (at - literal >>> LITERALS_PER_STEP_LOG2));
      }
    }
    thorough = matched >= SHORT_MATCH * tokens.matches();
    if (at >= searchable) {
      at = count;
    }
    tokens.end(at - literal);
    return at;
  }

  /**
   * Begins the match at {@code at} earlier, where the bytes before it are the same too, which were
   * passed over. Returns where it begins now, {@code least} or later.
   */
  private int extendBack(int at, int least) {
    int first = Math.max(Math.max(least, distance), at - DeflateSymbols.LONGEST_MATCH + length);
    int begin = at;
    while (begin > first && bytes[begin - 1] == bytes[begin - 1 - distance]) {
      begin--;
    }
    length += at - begin;
    return begin;
  }

  /** Looks for a match at {@code at} and remembers the place. */
  private boolean find(int at) {
    long here = LittleEndian.getLong(bytes, at);
    int hash = hash(here);
    int place = newest[hash];
    newest[hash] = at;
    before[at & DeflateSymbols.FARTHEST - 1] = place;
    length = 0;
    int places = thorough ? PLACES_TRIED : 1;
    for (int i = 0; i < places && place >= 0; i++) {
      int away = at - place;
      if (away > DeflateSymbols.FARTHEST) {
        break;
      }
      int same = same(here, at, place);
      if (same > length && worthwhile(same, away)) {
        length = same;
        distance = away;
      }
      int older = before[place & DeflateSymbols.FARTHEST - 1];
      if (older >= place || length >= LONG_MATCH) {
        break;
      }
      place = older;
    }
    return length > 0;
  }

  /** Looks for a match at {@code at} that is longer than the one before; remembers it then. */
  private boolean findLonger(int at) {
    long here = LittleEndian.getLong(bytes, at);
    int hash = hash(here);
    int place = newest[hash];
    int away = at - place;
    if (place < 0 || away > DeflateSymbols.FARTHEST) {
      return false;
    }
    int same = same(here, at, place);
    if (same <= length || !worthwhile(same, away)) {
      return false;
    }
    newest[hash] = at;
    before[at & DeflateSymbols.FARTHEST - 1] = place;
    length = same;
    distance = away;
    return true;
  }

  /** Remembers the places within a match, or those at its end. */
  private void remember(int from, int to, int searchable) {
    int first = to - from < REMEMBERED_WHOLE ? from : to - 3;
    int end = Math.min(to, searchable);
    for (int at = first; at < end; at++) {
      int hash = hash(LittleEndian.getLong(bytes, at));
      before[at & DeflateSymbols.FARTHEST - 1] = newest[hash];
      newest[hash] = at;
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

  /** Of the first four bytes. */
  private static int hash(long eight) {
    return (int) eight * 0x9e3779b1 >>> 32 - HASH_BITS;
  }
}
