package stops.format.exr;

/**
 * The preparation that RLE and ZIP share: bytes at even places first, those at odd places after
 * them, and of each but the first the difference to its predecessor, plus 128.
 *
 * <p>Sums of differences depend on each other from the first byte to the last, which no compiler
 * makes parallel; so eight bytes are summed at once within a long.
 */
final class BytePlanes {
  /** Every other byte of a long: what is in between is room to sum in. */
  private static final long EVEN = 0x00ff00ff00ff00ffL;

  /** One in each 16-bit lane: times this, a lane is the sum of itself and those below. */
  private static final long LANES = 0x0001000100010001L;

  private static final long BIAS = 0x8080808080808080L;

  private BytePlanes() {}

  /** Prepares {@code count} bytes of {@code raw} into {@code planes}. */
  static void split(byte[] raw, int count, byte[] planes) {
    int half = (count + 1) / 2;
    for (int i = 0; i < half; i++) {
      planes[i] = raw[2 * i];
    }
    for (int i = 0; i < count / 2; i++) {
      planes[half + i] = raw[2 * i + 1];
    }
    for (int i = count - 1; i > 0; i--) {
      planes[i] = (byte) (planes[i] - planes[i - 1] + 128);
    }
  }

  /** The inverse of {@link #split}; changes {@code planes}. */
  static void join(byte[] planes, int count, byte[] raw) {
    sum(planes, count);
    interleave(planes, count, raw);
  }

  /**
   * Replaces differences by their sums. Taking 128 from a byte is the same as flipping its top bit.
   */
  private static void sum(byte[] planes, int count) {
    long last = 128;
    int i = 0;
    for (; i <= count - Long.BYTES; i += Long.BYTES) {
      long differences = LittleEndian.getLong(planes, i) ^ BIAS;
      long even = (differences & EVEN) * LANES;
      long odd = (differences >>> 8 & EVEN) * LANES;
      long before = last * LANES;
      long sums = even + odd;
      long evenSums = even + (odd << 16) + before & EVEN;
      long oddSums = sums + before & EVEN;
      LittleEndian.putLong(planes, i, evenSums | oddSums << 8);
      last = last + (sums >>> 48) & 0xff;
    }
    for (; i < count; i++) {
      last = last + planes[i] - 128 & 0xff;
      planes[i] = (byte) last;
    }
  }

  private static void interleave(byte[] planes, int count, byte[] raw) {
    int half = (count + 1) / 2;
    int pairs = count / 2;
    int i = 0;
    for (; i <= pairs - Long.BYTES; i += Long.BYTES) {
      long first = LittleEndian.getLong(planes, i);
      long second = LittleEndian.getLong(planes, half + i);
      LittleEndian.putLong(
          raw, 2 * i, spread(first & 0xffffffffL) | spread(second & 0xffffffffL) << 8);
      LittleEndian.putLong(
          raw, 2 * i + Long.BYTES, spread(first >>> 32) | spread(second >>> 32) << 8);
    }
    for (; i < pairs; i++) {
      raw[2 * i] = planes[i];
      raw[2 * i + 1] = planes[half + i];
    }
    if (half > pairs) {
      raw[count - 1] = planes[pairs];
    }
  }

  /** Moves four neighbouring bytes to every other place. */
  private static long spread(long bytes) {
    long pairs = (bytes | bytes << 16) & 0x0000ffff0000ffffL;
    return (pairs | pairs << 8) & EVEN;
  }
}
