package stops.exr.codec;

/**
 * The canonical prefix code of PIZ and DWA, which is given by the lengths of its codes alone.
 *
 * <p>Symbols are 16-bit words and one more, the run symbol, which is the largest that has a code.
 * Codes of one length are consecutive numbers in the order of their symbols, and a longer code,
 * filled with zeros on the right, is a smaller number than a shorter one.
 */
final class HuffmanCode {
  /** How many symbols there may be: 2^16 words and the run symbol. */
  static final int SYMBOLS = (1 << 16) + 1;

  /** A longer code would need more samples than a block can have. */
  static final int MAX_LENGTH = 58;

  /** Lengths up to here stand for themselves; from here on, for runs of symbols without code. */
  static final int SHORT_RUN = 59;

  /** Followed by eight bits: how many more symbols than {@link #LONG_RUN_LEAST} have no code. */
  static final int LONG_RUN = 63;

  /** The fewest symbols of a long run. */
  static final int LONG_RUN_LEAST = 2 + LONG_RUN - SHORT_RUN;

  /** The most symbols of a long run. */
  static final int LONG_RUN_MOST = 255 + LONG_RUN_LEAST;

  private HuffmanCode() {}

  /**
   * The first code of each length.
   *
   * @param counts how many codes of each length there are, up to {@link #MAX_LENGTH}
   * @param first receives them
   * @return whether the code is complete: every sequence of bits means something, and only one
   *     thing
   */
  static boolean firstCodes(int[] counts, long[] first) {
    long code = 0;
    for (int length = MAX_LENGTH; length > 0; length--) {
      first[length] = code;
      long used = code + counts[length];
      if ((used & 1) != 0) {
        return false;
      }
      code = used >>> 1;
    }
    return code == 1;
  }
}
