package stops.exr.codec;

import stops.exr.deflate.LittleEndian;

/**
 * The preparation that RLE and ZIP share: bytes at even places first, those at odd places after
 * them, and of each but the first the difference to its predecessor, plus 128.
 *
 * <p>No compiler makes these loops parallel, and the sums depend on each other from the first byte
 * to the last; so eight bytes are taken at once within a long.
 */
public final class BytePlanes {
  /** Every other byte of a long: what is in between is room to sum in. */
  static final long EVEN = 0x00ff00ff00ff00ffL;

  /** One in each 16-bit lane: times this, a lane is the sum of itself and those below. */
  static final long LANES = 0x0001000100010001L;

  /** The top bit of each byte: flipping it is the same as adding 128 or taking it away. */
  static final long BIAS = 0x8080808080808080L;

  /** Stands before the first byte, which stays as it is: its difference to 128, plus 128. */
  static final long START = 128;

  private BytePlanes() {}

  /** Prepares {@code count} bytes of {@code raw} into {@code planes}. */
  public static void split(byte[] raw, int count, byte[] planes) {
    int half = (count + 1) / 2;
    int pairs = count / 2;
    long lastEven = START;
    long lastOdd = count == 0 ? 0 : raw[2 * (half - 1)] & 0xff;
    int i = 0;
    for (; i <= pairs - Long.BYTES; i += Long.BYTES) {
      long first = LittleEndian.getLong(raw, 2 * i);
      long second = LittleEndian.getLong(raw, 2 * i + Long.BYTES);
      long even = gather(first) | gather(second) << 32;
      long odd = gather(first >>> 8) | gather(second >>> 8) << 32;
      LittleEndian.putLong(planes, i, difference(even, even << 8 | lastEven));
      LittleEndian.putLong(planes, half + i, difference(odd, odd << 8 | lastOdd));
      lastEven = even >>> 56;
      lastOdd = odd >>> 56;
    }
    for (; i < pairs; i++) {
      planes[i] = (byte) (raw[2 * i] - lastEven + 128);
      planes[half + i] = (byte) (raw[2 * i + 1] - lastOdd + 128);
      lastEven = raw[2 * i];
      lastOdd = raw[2 * i + 1];
    }
    if (half > pairs) {
      planes[pairs] = (byte) (raw[count - 1] - lastEven + 128);
    }
  }

  /** Moves the bytes at even places together. */
  static long gather(long bytes) {
    long pairs = (bytes & EVEN | (bytes & EVEN) >>> 8) & 0x0000ffff0000ffffL;
    return (pairs | pairs >>> 16) & 0xffffffffL;
  }

  /**
   * Byte by byte, what it is more than the one before, plus 128. No byte borrows from the next: the
   * top bits are set in one and clear in the other while they are subtracted, and put right then.
   */
  static long difference(long bytes, long before) {
    return (bytes | BIAS) - (before & ~BIAS) ^ (bytes ^ before) & BIAS;
  }

  /** The inverse of {@link #split}; changes {@code planes}. */
  static void join(byte[] planes, int count, byte[] raw) {
    sum(planes, count);
    interleave(planes, count, raw);
  }

  /** Replaces differences by their sums. */
  private static void sum(byte[] planes, int count) {
    long last = START;
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

  /** The byte that {@link #sum} makes of the last of {@code count} ones; changes nothing. */
  static long sumOf(byte[] planes, int count) {
    long sums = 0;
    int i = 0;
    for (; i <= count - Long.BYTES; i += Long.BYTES) {
      long differences = LittleEndian.getLong(planes, i) ^ BIAS;
      sums = sums + (differences & EVEN) + (differences >>> 8 & EVEN) & EVEN;
    }
    long last = START + (sums * LANES >>> 48);
    for (; i < count; i++) {
      last += planes[i] - 128;
    }
    return last & 0xff;
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
