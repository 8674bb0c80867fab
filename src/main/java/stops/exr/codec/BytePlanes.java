package stops.exr.codec;

import stops.exr.deflate.LittleEndian;

/**
 * The byte transform of RLE and ZIP. Bytes at even positions come first, bytes at odd positions
 * follow. Each byte except the first is replaced by its difference from its predecessor, plus 128.
 *
 * <p>Both directions take one pass, which handles the two halves at once. The first byte of the odd
 * half depends on the last byte of the even half. Splitting corrects the first odd byte at the end,
 * at no cost. Joining sums the even half beforehand, which takes a tenth of the time of the pass.
 *
 * <p>Compilers do not vectorise these loops, because each sum depends on the one before. The code
 * therefore handles eight bytes at a time in a long.
 */
public final class BytePlanes {
  /** Mask of every other byte of a long. The bytes in between take the carries of sums. */
  private static final long EVEN = 0x00ff00ff00ff00ffL;

  /**
   * One in each 16-bit lane. Multiplication by it makes prefix sums: each lane becomes the sum of
   * itself and the lower lanes.
   */
  private static final long LANES = 0x0001000100010001L;

  /** The top bit of each byte. Flipping the bit adds or subtracts 128 modulo 256. */
  private static final long BIAS = 0x8080808080808080L;

  /**
   * The assumed predecessor of the first byte. The first byte's difference from 128, plus 128, is
   * the byte itself.
   */
  static final long START = 128;

  private BytePlanes() {}

  /** Transforms {@code count} bytes of {@code raw} into {@code planes}. */
  public static void split(byte[] raw, int count, byte[] planes) {
    int pairs = count / 2;
    int odd = count - pairs;
    long last = split(raw, 0, pairs, planes, 0, odd, START);
    if (odd > pairs) {
      planes[pairs] = (byte) (raw[count - 1] - last + 128);
      last = raw[count - 1];
    }
    connect(planes, odd, pairs, last);
  }

  /**
   * Transforms a run of byte pairs. The first byte of each pair goes to {@code even}, the second to
   * {@code odd}. The predecessor of the odd half is 0 until {@link #connect}.
   *
   * @param last the preceding pair: the even byte in the lowest 8 bits, the odd byte above
   * @return the last pair of the run
   */
  static long split(byte[] raw, int from, int pairs, byte[] planes, int even, int odd, long last) {
    long lastEven = last & 0xff;
    long lastOdd = last >>> 8;
    int i = 0;
    for (; i <= pairs - Long.BYTES; i += Long.BYTES) {
      long first = gather(LittleEndian.getLong(raw, from + 2 * i));
      long second = gather(LittleEndian.getLong(raw, from + 2 * i + Long.BYTES));
      long evens = first & 0xffffffffL | second << 32;
      long odds = first >>> 32 | second & 0xffffffff00000000L;
      LittleEndian.putLong(planes, even + i, difference(evens, evens << 8 | lastEven));
      LittleEndian.putLong(planes, odd + i, difference(odds, odds << 8 | lastOdd));
      lastEven = evens >>> 56;
      lastOdd = odds >>> 56;
    }
    for (; i < pairs; i++) {
      planes[even + i] = (byte) (raw[from + 2 * i] - lastEven + 128);
      planes[odd + i] = (byte) (raw[from + 2 * i + 1] - lastOdd + 128);
      lastEven = raw[from + 2 * i] & 0xff;
      lastOdd = raw[from + 2 * i + 1] & 0xff;
    }
    return lastEven | lastOdd << 8;
  }

  /**
   * Makes the last even byte the predecessor of the odd half.
   *
   * @param pairs bytes in the odd half
   * @param last the last byte of the even half, in the lowest 8 bits
   */
  static void connect(byte[] planes, int odd, int pairs, long last) {
    if (pairs > 0) {
      planes[odd] -= (byte) last;
    }
  }

  /** Moves bytes at even positions to the lower half, bytes at odd positions to the upper half. */
  private static long gather(long bytes) {
    long inner = (bytes ^ bytes >>> 8) & 0x0000ff000000ff00L;
    long pairs = bytes ^ inner ^ inner << 8;
    long middle = (pairs ^ pairs >>> 16) & 0x00000000ffff0000L;
    return pairs ^ middle ^ middle << 16;
  }

  /**
   * The bytewise difference of {@code bytes} and {@code before}, plus 128. For the subtraction, top
   * bits are set in the minuend and clear in the subtrahend. So no byte borrows from the next. The
   * XOR corrects the top bits.
   */
  private static long difference(long bytes, long before) {
    return (bytes | BIAS) - (before & ~BIAS) ^ (bytes ^ before) & BIAS;
  }

  /** The inverse of {@link #split(byte[], int, byte[])}. */
  static void join(byte[] planes, int count, byte[] raw) {
    int pairs = count / 2;
    int odd = count - pairs;
    long last = join(planes, 0, odd, pairs, raw, 0, start(planes, odd));
    if (odd > pairs) {
      raw[count - 1] = (byte) (last + planes[pairs] - 128);
    }
  }

  /**
   * The predecessors of the first bytes of both halves: the even byte in the lowest 8 bits, the odd
   * byte above. The odd byte is the last byte of the even half.
   *
   * @param odd index of the first byte of the odd half
   */
  static long start(byte[] planes, int odd) {
    long sums = 0;
    int i = 0;
    for (; i <= odd - Long.BYTES; i += Long.BYTES) {
      long differences = LittleEndian.getLong(planes, i) ^ BIAS;
      sums = sums + (differences & EVEN) + (differences >>> 8 & EVEN) & EVEN;
    }
    long last = START + (sums * LANES >>> 48);
    for (; i < odd; i++) {
      last += planes[i] - 128;
    }
    return START | (last & 0xff) << 8;
  }

  /**
   * The inverse of {@link #split(byte[], int, int, byte[], int, int, long)} and {@link #connect}.
   */
  static long join(byte[] planes, int even, int odd, int pairs, byte[] raw, int to, long last) {
    long lastEven = last & 0xff;
    long lastOdd = last >>> 8;
    int i = 0;
    for (; i <= pairs - Long.BYTES; i += Long.BYTES) {
      long evens = LittleEndian.getLong(planes, even + i) ^ BIAS;
      long odds = LittleEndian.getLong(planes, odd + i) ^ BIAS;
      long evens0 = (evens & EVEN) * LANES;
      long evens1 = (evens >>> 8 & EVEN) * LANES;
      long odds0 = (odds & EVEN) * LANES;
      long odds1 = (odds >>> 8 & EVEN) * LANES;
      long evenSums = evens0 + evens1;
      long oddSums = odds0 + odds1;
      long evenBefore = lastEven * LANES;
      long oddBefore = lastOdd * LANES;
      // The pairs 0, 2, 4 and 6, then 1, 3, 5 and 7.
      long pairs0 =
          evens0 + (evens1 << 16) + evenBefore & EVEN
              | (odds0 + (odds1 << 16) + oddBefore & EVEN) << 8;
      long pairs1 = evenSums + evenBefore & EVEN | (oddSums + oddBefore & EVEN) << 8;
      LittleEndian.putLong(raw, to + 2 * i, spread(pairs0) | spread(pairs1) << 16);
      LittleEndian.putLong(
          raw, to + 2 * i + Long.BYTES, spread(pairs0 >>> 32) | spread(pairs1 >>> 32) << 16);
      lastEven = lastEven + (evenSums >>> 48) & 0xff;
      lastOdd = lastOdd + (oddSums >>> 48) & 0xff;
    }
    for (; i < pairs; i++) {
      lastEven = lastEven + planes[even + i] - 128 & 0xff;
      lastOdd = lastOdd + planes[odd + i] - 128 & 0xff;
      raw[to + 2 * i] = (byte) lastEven;
      raw[to + 2 * i + 1] = (byte) lastOdd;
    }
    return lastEven | lastOdd << 8;
  }

  /** Moves the two lowest pairs to alternate 16-bit lanes. */
  private static long spread(long pairs) {
    return pairs & 0xffffL | (pairs & 0xffff0000L) << 16;
  }
}
