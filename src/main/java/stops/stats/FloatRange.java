package stops.stats;

/**
 * The range of float32 bit patterns: least and greatest magnitude above zero, for both signs. The
 * loop has no branches, so Java compiles it to vectors.
 */
final class FloatRange {
  private static final int SIGN = Integer.MIN_VALUE;
  private static final int INFINITY = 0x7f80_0000;
  private static final int LEAST_NORMAL = 0x0080_0000;

  /** What a zero of the other sign is stored as. */
  private static final int ZERO = -1;

  /** Magnitude of the least positive number. */
  int leastPositive = Integer.MAX_VALUE;

  /** Magnitude of the greatest positive number. */
  int greatestPositive;

  /** Magnitude of the negative number nearest to zero. */
  int leastNegative = Integer.MAX_VALUE;

  /** Magnitude of the negative number farthest from zero. */
  int greatestNegative;

  boolean hasPositive() {
    return greatestPositive > 0;
  }

  boolean hasNegative() {
    return greatestNegative > 0;
  }

  /**
   * Adds a block if all its samples are zero or normal numbers; otherwise does nothing and returns
   * false.
   */
  boolean add(int[] block, int samples) {
    // Unsigned order is signed order after the sign bit is turned. One less makes zeros the
    // largest.
    int positive = Integer.MAX_VALUE;
    int negative = Integer.MAX_VALUE;
    int above = Integer.MIN_VALUE;
    int below = Integer.MIN_VALUE;
    for (int i = 0; i < samples; i++) {
      int bits = block[i];
      positive = Math.min(positive, (bits - 1) ^ SIGN);
      negative = Math.min(negative, ((bits ^ SIGN) - 1) ^ SIGN);
      above = Math.max(above, bits);
      below = Math.max(below, bits ^ SIGN);
    }
    // A magnitude m of the sign in question is stored as (m − 1) ^ SIGN, which is below ZERO.
    int least = positive < ZERO ? (positive ^ SIGN) + 1 : Integer.MAX_VALUE;
    int nearest = negative < ZERO ? (negative ^ SIGN) + 1 : Integer.MAX_VALUE;
    if (above >= INFINITY || below >= INFINITY || least < LEAST_NORMAL || nearest < LEAST_NORMAL) {
      return false;
    }
    leastPositive = Math.min(leastPositive, least);
    leastNegative = Math.min(leastNegative, nearest);
    greatestPositive = Math.max(greatestPositive, above);
    greatestNegative = Math.max(greatestNegative, below);
    return true;
  }
}
