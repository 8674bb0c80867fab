package stops.exr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.exr.deflate.LittleEndian;

/**
 * The preparation of {@link BytePlanes}, between byte planes and the planes of samples in which
 * they are needed: one pass in each direction. Each channel's rows are runs of byte pairs, the
 * first of a pair in the even half of the byte planes, the second at the same place of the odd
 * half.
 *
 * <p>In the file, the sum of the odd half continues that of the even half, while a pass needs both
 * from the start. For splitting this costs nothing: the first byte of the odd half is put right at
 * the end. For joining, the even half is added up beforehand: it is read once more, which is a
 * quarter of what the pass reads and writes, and about a tenth of its time.
 */
final class BytePlaneRows {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private BytePlaneRows() {}

  /** The inverse of {@link #split}. */
  static void join(byte[] planes, BlockSamples to) {
    int odd = (int) to.block().bytes() / 2;
    int at = 0;
    long last = BytePlanes.START | BytePlanes.sumOf(planes, odd) << 8;
    for (BlockSamples.Rows rows = to.rows(); rows.next(); ) {
      int pairs = rows.bytes() / 2;
      last = join(planes, at, odd + at, pairs, rows.plane(), rows.start(), last);
      at += pairs;
    }
  }

  /**
   * Joins {@code pairs} bytes from {@code even} on with as many from {@code odd} on.
   *
   * @param last the bytes before, the even one in the lowest 8 bits, the odd one above them
   * @return the last ones of these
   */
  private static long join(
      byte[] planes, int even, int odd, int pairs, MemorySegment to, long start, long last) {
    long lastEven = last & 0xff;
    long lastOdd = last >>> 8;
    int i = 0;
    for (; i <= pairs - Long.BYTES; i += Long.BYTES) {
      long evens = LittleEndian.getLong(planes, even + i) ^ BytePlanes.BIAS;
      long odds = LittleEndian.getLong(planes, odd + i) ^ BytePlanes.BIAS;
      long evens0 = (evens & BytePlanes.EVEN) * BytePlanes.LANES;
      long evens1 = (evens >>> 8 & BytePlanes.EVEN) * BytePlanes.LANES;
      long odds0 = (odds & BytePlanes.EVEN) * BytePlanes.LANES;
      long odds1 = (odds >>> 8 & BytePlanes.EVEN) * BytePlanes.LANES;
      long evenBefore = lastEven * BytePlanes.LANES;
      long oddBefore = lastOdd * BytePlanes.LANES;
      // pairs 0, 2, 4, 6, and 1, 3, 5, 7
      long pairs0 =
          evens0 + (evens1 << 16) + evenBefore & BytePlanes.EVEN
              | (odds0 + (odds1 << 16) + oddBefore & BytePlanes.EVEN) << 8;
      long pairs1 =
          evens0 + evens1 + evenBefore & BytePlanes.EVEN
              | (odds0 + odds1 + oddBefore & BytePlanes.EVEN) << 8;
      to.set(LONG, start + 2L * i, spread(pairs0) | spread(pairs1) << 16);
      to.set(
          LONG, start + 2L * i + Long.BYTES, spread(pairs0 >>> 32) | spread(pairs1 >>> 32) << 16);
      lastEven = lastEven + (evens0 + evens1 >>> 48) & 0xff;
      lastOdd = lastOdd + (odds0 + odds1 >>> 48) & 0xff;
    }
    for (; i < pairs; i++) {
      lastEven = lastEven + planes[even + i] - 128 & 0xff;
      lastOdd = lastOdd + planes[odd + i] - 128 & 0xff;
      to.set(ValueLayout.JAVA_BYTE, start + 2L * i, (byte) lastEven);
      to.set(ValueLayout.JAVA_BYTE, start + 2L * i + 1, (byte) lastOdd);
    }
    return lastEven | lastOdd << 8;
  }

  /** Moves the two lowest pairs to every other place. */
  private static long spread(long pairs) {
    return pairs & 0xffffL | (pairs & 0xffff0000L) << 16;
  }

  /** Prepares all samples into {@code planes}. */
  static void split(BlockSamples from, byte[] planes) {
    int odd = (int) from.block().bytes() / 2;
    int at = 0;
    long last = BytePlanes.START;
    for (BlockSamples.Rows rows = from.rows(); rows.next(); ) {
      int pairs = rows.bytes() / 2;
      last = split(rows.plane(), rows.start(), pairs, planes, at, odd + at, last);
      at += pairs;
    }
    if (at > 0) {
      // It was taken as the difference to 0, not to the last of the even half.
      planes[odd] -= (byte) last;
    }
  }

  /** The inverse of {@link #join}, with the same parameters. */
  private static long split(
      MemorySegment from, long start, int pairs, byte[] planes, int even, int odd, long last) {
    long lastEven = last & 0xff;
    long lastOdd = last >>> 8;
    int i = 0;
    for (; i <= pairs - Long.BYTES; i += Long.BYTES) {
      long first = from.get(LONG, start + 2L * i);
      long second = from.get(LONG, start + 2L * i + Long.BYTES);
      long evens = BytePlanes.gather(first) | BytePlanes.gather(second) << 32;
      long odds = BytePlanes.gather(first >>> 8) | BytePlanes.gather(second >>> 8) << 32;
      LittleEndian.putLong(planes, even + i, BytePlanes.difference(evens, evens << 8 | lastEven));
      LittleEndian.putLong(planes, odd + i, BytePlanes.difference(odds, odds << 8 | lastOdd));
      lastEven = evens >>> 56;
      lastOdd = odds >>> 56;
    }
    for (; i < pairs; i++) {
      int evenByte = from.get(ValueLayout.JAVA_BYTE, start + 2L * i) & 0xff;
      int oddByte = from.get(ValueLayout.JAVA_BYTE, start + 2L * i + 1) & 0xff;
      planes[even + i] = (byte) (evenByte - lastEven + 128);
      planes[odd + i] = (byte) (oddByte - lastOdd + 128);
      lastEven = evenByte;
      lastOdd = oddByte;
    }
    return lastEven | lastOdd << 8;
  }
}
