package stops.exr.codec;

import java.util.Arrays;

/**
 * B44's code for a square of 4 × 4 halves: the first one in two bytes, then a shift in six bits and
 * 15 differences between neighbours in six bits each: down the first column, then to the next one.
 *
 * <p>A shift that is too large to be one means that all are equal, and nothing follows. Halves are
 * coded as integers in the order of their values.
 */
final class B44Square {
  /** Samples in a row, and rows. */
  static final int SIDE = 4;

  /** Size of a square whose samples are all equal. */
  static final int FLAT_BYTES = 3;

  private static final int BYTES = 14;
  private static final int FLAT_SHIFT = 13;
  private static final int BIAS = 0x20;

  private B44Square() {}

  /** Size of the square at {@code at}, three bytes of which are there. */
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

  /** Four numbers of six bits each. */
  private static int group(byte[] packed, int at) {
    return (packed[at] & 0xff) << 16 | (packed[at + 1] & 0xff) << 8 | (packed[at + 2] & 0xff);
  }

  private static int difference(int group, int index, int shift) {
    return ((group >>> (18 - 6 * index) & 0x3f) - BIAS) << shift;
  }

  /** The half of an integer modulo 2^16: from 2^15 up the positive ones, below the negative. */
  private static short half(int ordered) {
    return (short) ((ordered & 0x8000) != 0 ? ordered & 0x7fff : ~ordered);
  }
}
