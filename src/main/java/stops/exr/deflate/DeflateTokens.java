package stops.exr.deflate;

/**
 * The tokens of a DEFLATE block: literals and matches. Each entry is a run of literals. A match
 * follows every run except the last.
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

  /** Adds a run of literals and the match after it. */
  void add(int literalsBefore, int length, int distance) {
    literals[count] = literalsBefore;
    matches[count++] = length << 16 | distance - 1;
  }

  /** Adds the last run of literals, 0 or more. */
  void end(int literalsLast) {
    literals[count] = literalsLast;
  }

  int matches() {
    return count;
  }

  /**
   * Number of literals before the match {@code index}. For {@link #matches}, it is the number of
   * literals after the last match.
   */
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
