package stops.exr.codec;

/**
 * The canonical prefix code of PIZ and DWA. The code lengths alone define it.
 *
 * <p>Symbols are 16-bit words and the run symbol, which is the largest symbol with a code. Codes of
 * one length are consecutive numbers in the order of their symbols. A longer code, padded with
 * zeros on the right, is a smaller number than a shorter one.
 */
final class HuffmanCode {
  /** Largest number of symbols: 2^16 words and the run symbol. */
  static final int SYMBOLS = (1 << 16) + 1;

  /** Longest code in bits. A longer code would need more samples than a block can have. */
  static final int MAX_LENGTH = 58;

  /** Smaller values are code lengths. Values from here on are runs of symbols without a code. */
  static final int SHORT_RUN = 59;

  /**
   * A long run of symbols without a code. The next eight bits plus {@link #LONG_RUN_LEAST} are its
   * length.
   */
  static final int LONG_RUN = 63;

  /** The fewest symbols of a long run. */
  static final int LONG_RUN_LEAST = 2 + LONG_RUN - SHORT_RUN;

  /** The most symbols of a long run. */
  static final int LONG_RUN_MOST = 255 + LONG_RUN_LEAST;

  private HuffmanCode() {}

  /**
   * The first code of each length.
   *
   * @param counts number of codes of each length, up to {@link #MAX_LENGTH}
   * @param first receives the first codes
   * @return whether the code is complete: every sequence of bits has exactly one meaning
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
