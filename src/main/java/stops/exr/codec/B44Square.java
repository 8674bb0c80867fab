package stops.exr.codec;

import java.util.Arrays;

/**
 * B44's code for a square of 4 × 4 halves. The first sample has 16 bits. A shift of 6 bits follows,
 * then 15 differences between neighbours, 6 bits each. Differences go down the first column, then
 * from each column to the next.
 *
 * <p>A shift of {@code FLAT_SHIFT} or more means that all samples are equal; no differences follow.
 * Halves are coded as integers in the order of their values.
 */
final class B44Square {
  /** Width and height of a square in samples. */
  static final int SIDE = 4;

  /** Size in bytes of a square whose samples are all equal. */
  static final int FLAT_BYTES = 3;

  private static final int BYTES = 14;
  private static final int FLAT_SHIFT = 13;
  private static final int BIAS = 0x20;

  private B44Square() {}

  /** Size in bytes of the square at {@code at}. At least three bytes must be available. */
  static int bytes(byte[] packed, int at) {
    return shift(packed, at) >= FLAT_SHIFT ? FLAT_BYTES : BYTES;
  }

  private static int shift(byte[] packed, int at) {
    return (packed[at + 2] & 0xff) >>> 2;
  }

  /** Unpacks a square, row by row. */
  static void unpack(byte[] packed, int at, short[] square) {
    int first = (packed[at] & 0xff) << 8 | (packed[at + 1] & 0xff);
    int shift = shift(packed, at);
    if (shift >= FLAT_SHIFT) {
      Arrays.fill(square, half(first));
      return;
    }
    int down = group(packed, at + 2);
    int left0 = first;
    int left1 = left0 + difference(down, 1, shift);
    int left2 = left1 + difference(down, 2, shift);
    int left3 = left2 + difference(down, 3, shift);
    square[0] = half(left0);
    square[SIDE] = half(left1);
    square[2 * SIDE] = half(left2);
    square[3 * SIDE] = half(left3);
    for (int column = 1; column < SIDE; column++) {
      int along = group(packed, at + 2 + 3 * column);
      left0 += difference(along, 0, shift);
      left1 += difference(along, 1, shift);
      left2 += difference(along, 2, shift);
      left3 += difference(along, 3, shift);
      square[column] = half(left0);
      square[SIDE + column] = half(left1);
      square[2 * SIDE + column] = half(left2);
      square[3 * SIDE + column] = half(left3);
    }
  }

  /** Four 6-bit numbers in the lowest 24 bits. */
  private static int group(byte[] packed, int at) {
    return (packed[at] & 0xff) << 16 | (packed[at + 1] & 0xff) << 8 | (packed[at + 2] & 0xff);
  }

  private static int difference(int group, int index, int shift) {
    return ((group >>> (18 - 6 * index) & 0x3f) - BIAS) << shift;
  }

  /**
   * The half for an integer modulo 2^16. Integers from 2^15 are positive halves, smaller ones
   * negative.
   */
  private static short half(int ordered) {
    return (short) ((ordered & 0x8000) != 0 ? ordered & 0x7fff : ~ordered);
  }
}
