package stops.exr.deflate;

/** The symbols of DEFLATE (RFC 1951, 3.2.5): lengths 3 to 258 and distances 1 to 32768. */
final class DeflateSymbols {
  static final int END_OF_BLOCK = 256;
  static final int FIRST_LENGTH = 257;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;
  static final int SHORTEST_MATCH = 3;
  static final int LONGEST_MATCH = 258;
  static final int FARTHEST = 1 << 15;

  private static final byte[] LENGTH_SYMBOL = new byte[LONGEST_MATCH + 1];
  private static final int[] LENGTH_BASE = new int[29];
  private static final int[] LENGTH_EXTRA_BITS = new int[29];

  static {
    int base = SHORTEST_MATCH;
    for (int symbol = 0; symbol < 28; symbol++) {
      int extraBits = symbol < 8 ? 0 : (symbol - 4) / 4;
      LENGTH_BASE[symbol] = base;
      LENGTH_EXTRA_BITS[symbol] = extraBits;
      for (int i = 0; i < 1 << extraBits && base < LONGEST_MATCH; i++, base++) {
        LENGTH_SYMBOL[base] = (byte) symbol;
      }
    }
    LENGTH_BASE[28] = LONGEST_MATCH;
    LENGTH_SYMBOL[LONGEST_MATCH] = 28;
  }

  private DeflateSymbols() {}

  /** The symbol of a length, minus {@link #FIRST_LENGTH}. */
  static int ofLength(int length) {
    return LENGTH_SYMBOL[length];
  }

  /** The shortest length of a symbol. The extra bits add to it. */
  static int lengthBase(int symbol) {
    return LENGTH_BASE[symbol];
  }

  /** Number of extra bits after a length symbol. */
  static int lengthExtraBits(int symbol) {
    return LENGTH_EXTRA_BITS[symbol];
  }

  /** The symbol of a distance: twice the index of its top bit, plus the next lower bit. */
  static int ofDistance(int distance) {
    int less = distance - 1;
    if (less < 4) {
      return less;
    }
    int top = 31 - Integer.numberOfLeadingZeros(less);
    return 2 * top + (less >>> top - 1 & 1);
  }

  /** The shortest distance of a symbol. The extra bits add to it. */
  static int distanceBase(int symbol) {
    return symbol < 2 ? symbol + 1 : (2 + (symbol & 1) << distanceExtraBits(symbol)) + 1;
  }

  /** Number of extra bits after a distance symbol. */
  static int distanceExtraBits(int symbol) {
    return symbol < 4 ? 0 : symbol / 2 - 1;
  }
}
