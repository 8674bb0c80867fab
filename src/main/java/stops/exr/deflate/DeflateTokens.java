package stops.exr.deflate;

/**
 * What a block of DEFLATE says: literals, and repetitions of what was there before. Each entry is a
 * run of literals, and behind all but the last one a match.
 */
final class DeflateTokens {
  static final int MOST_MATCHES = 1 << 14;

  private final int[] literals = new int[MOST_MATCHES + 1];
  private final int[] matches = new int[MOST_MATCHES];
  private int count;

  void clear() {
    count = 0;
  }

  boolean full() {
    return count == MOST_MATCHES;
  }

  /** A match behind so many literals. */
  void add(int literalsBefore, int length, int distance) {
    literals[count] = literalsBefore;
    matches[count++] = length << 16 | distance - 1;
  }

  /** The literals at the end, 0 or more. */
  void end(int literalsLast) {
    literals[count] = literalsLast;
  }

  int matches() {
    return count;
  }

  /** Literals before the match, or at the end for the number {@link #matches}. */
  int literals(int index) {
    return literals[index];
  }

  int length(int index) {
    return matches[index] >>> 16;
  }

  int distance(int index) {
    return (matches[index] & 0xffff) + 1;
  }
}
