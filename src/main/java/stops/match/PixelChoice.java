package stops.match;

import org.jspecify.annotations.Nullable;
import stops.image.Window;

/**
 * The pixels of a region that are looked at: all of them up to a number, and of more an evenly
 * spread selection. The region's pixels, row by row, are divided into cells of equal size, and one
 * pixel of each cell is chosen by a hash of the cell's number, so that no pattern of a picture
 * meets one of the selection. It depends on the region and the number alone.
 *
 * @param window the region
 * @param mask the pixels of the region that count; null for all
 * @param cell pixels in a cell
 * @param all number of pixels that count
 */
record PixelChoice(Window window, @Nullable PixelMask mask, long cell, long all) {
  /** The number of blocks. */
  static final int BLOCKS = 256;

  private static final int MOST_BLOCKS = 16;

  /** Takes the places of chosen pixels. */
  interface Taker {
    void take(int number, int x, int y);
  }

  static PixelChoice of(Window window, @Nullable PixelMask mask, int most) {
    long all = mask == null ? window.width() * window.height() : mask.count();
    return new PixelChoice(window, mask, Math.max(1, Math.ceilDiv(all, most)), all);
  }

  /** The number of pixels that are looked at. */
  int count() {
    return (int) Math.ceilDiv(all, cell);
  }

  /** Number of the block of a pixel: 16 × 16 blocks divide the region. */
  int block(int x, int y) {
    return block(y, window.yMin(), window.height()) * MOST_BLOCKS
        + block(x, window.xMin(), window.width());
  }

  private static int block(int at, int first, long size) {
    return (int) (((long) at - first) * Math.min(MOST_BLOCKS, size) / size);
  }

  /** Offers the chosen pixels of a row, from {@code xFrom} to {@code xTo}, to {@code taker}. */
  void row(int y, int xFrom, int xTo, Taker taker) {
    int from = Math.max(xFrom, window.xMin());
    int to = Math.min(xTo, window.xMax());
    if (y < window.yMin() || y > window.yMax() || from > to) {
      return;
    }
    if (mask == null) {
      long first = ((long) y - window.yMin()) * window.width() - window.xMin();
      allOf(y, first + from, first + to, first, taker);
    } else {
      masked(mask, y, from, to, taker);
    }
  }

  private void allOf(int y, long from, long to, long first, Taker taker) {
    for (long number = from / cell; number <= to / cell; number++) {
      long chosen = chosen(number);
      if (chosen >= from && chosen <= to) {
        taker.take((int) number, (int) (chosen - first), y);
      }
    }
  }

  private void masked(PixelMask pixels, int y, int from, int to, Taker taker) {
    long rank = pixels.before(from, y);
    for (int x = pixels.next(from, y); x >= 0 && x <= to; x = pixels.next(x + 1, y)) {
      long number = rank / cell;
      if (chosen(number) == rank) {
        taker.take((int) number, x, y);
      }
      rank++;
    }
  }

  /** The pixel, counted from the region's first, that is chosen of a cell. */
  private long chosen(long number) {
    long size = Math.min(cell, all - number * cell);
    return number * cell + Long.remainderUnsigned(mixed(number), size);
  }

  /** The finaliser of MurmurHash3 by Austin Appleby, which is in the public domain. */
  private static long mixed(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
