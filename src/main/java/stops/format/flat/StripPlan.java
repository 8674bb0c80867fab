package stops.format.flat;

import stops.image.Window;

/**
 * The strips of an uncompressed picture, of about 4 MiB each. A strip is a band of rows, whose
 * number is a multiple of 16. Where there is only one row, or 16 rows are more than 64 MiB, a strip
 * is a slice of one row.
 *
 * @param window of the picture
 * @param pixels of the picture; its last row may end early
 * @param bandRows rows of a band
 * @param slicePixels pixels of a slice; 0 where strips are bands
 * @param strips how many
 */
record StripPlan(Window window, long pixels, int bandRows, int slicePixels, int strips) {
  private static final long STRIP_BYTES = 4L << 20;
  private static final long MAX_BAND_BYTES = 64L << 20;
  private static final int BLOCK_ROWS = 16;

  /**
   * The strips of a picture.
   *
   * @param mostBytes strips are smaller than usual if they would take more than that
   */
  static StripPlan of(SampleLayout layout, long mostBytes) {
    long stripBytes = Math.min(STRIP_BYTES, mostBytes);
    Window window = layout.window();
    long pixels = layout.samples() / layout.channels();
    long pixelBytes = (long) layout.channels() * layout.type().bytes();
    if (pixels == 0) {
      return new StripPlan(window, 0, BLOCK_ROWS, 0, 0);
    }
    if (window.height() > 1
        && layout.rowBytes() * BLOCK_ROWS <= Math.min(MAX_BAND_BYTES, mostBytes)) {
      long blocks = Math.max(1, stripBytes / (layout.rowBytes() * BLOCK_ROWS));
      long rows = Math.min(blocks * BLOCK_ROWS, 1 << 30);
      int strips = Math.toIntExact((window.height() - 1) / rows + 1);
      return new StripPlan(window, pixels, (int) rows, 0, strips);
    }
    // A power of two, so that slices begin at the same places in every row.
    int slice = Math.toIntExact(Long.highestOneBit(Math.max(1, stripBytes / pixelBytes)));
    long fullRows = pixels / window.width();
    long rest = pixels % window.width();
    long strips = fullRows * slices(window.width(), slice) + slices(rest, slice);
    return new StripPlan(window, pixels, 1, slice, Math.toIntExact(strips));
  }

  private static long slices(long pixels, int slice) {
    return (pixels + slice - 1) / slice;
  }

  /** The pixels of strip {@code index}. */
  Window strip(int index) {
    if (slicePixels == 0) {
      int y = window.yMin() + index * bandRows;
      return new Window(
          window.xMin(), y, window.xMax(), (int) Math.min(window.yMax(), (long) y + bandRows - 1));
    }
    long perRow = slices(window.width(), slicePixels);
    long row = index / perRow;
    long first = index % perRow * slicePixels;
    long inRow = Math.min(window.width(), pixels - row * window.width());
    long last = Math.min(inRow, first + slicePixels) - 1;
    int y = (int) (window.yMin() + row);
    return new Window((int) (window.xMin() + first), y, (int) (window.xMin() + last), y);
  }

  /** Pixels of the largest strip. */
  long maxPixels() {
    if (strips == 0) {
      return 0;
    }
    return slicePixels > 0
        ? Math.min(slicePixels, pixels)
        : Math.min(window.height(), bandRows) * window.width();
  }
}
