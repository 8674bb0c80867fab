package stops.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import stops.display.LayerReader;
import stops.image.Window;

/**
 * A window of a picture at 1/2^level of its size: each pixel is the mean of a box of 2^level ×
 * 2^level pixels, in linear light. The sums are of IEEE numbers: a NaN or an infinity makes its
 * whole box one, so that a single bad pixel shows at every size, and negative samples count as they
 * are. Boxes at the right and lower edge have fewer pixels. Rows may come in any order, from
 * several threads.
 */
final class BoxAverage {
  /** Pixels of the side of a tile. */
  static final int TILE = 256;

  /** Memory of a pixel: three sums and a count. */
  static final long PIXEL_BYTES = LayerReader.SAMPLES * Float.BYTES + Integer.BYTES;

  private static final int LOCKS = 64;

  private final Window window;
  private final int level;
  private final int width;
  private final int height;
  private final float[] sums;
  private final int[] counts;
  private final Object[] locks = new Object[LOCKS];
  private volatile boolean complete;

  BoxAverage(Window window, int level) {
    this.window = window;
    this.level = level;
    width = (int) size(window.width(), level);
    height = (int) size(window.height(), level);
    counts = new int[Math.multiplyExact(width, height)];
    sums = new float[Math.multiplyExact(counts.length, LayerReader.SAMPLES)];
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /** Pixels at {@code level} of a length of {@code pixels}. */
  static long size(long pixels, int level) {
    return Math.ceilDiv(pixels, 1L << level);
  }

  int level() {
    return level;
  }

  /** Notes that all rows came. Boxes without a pixel are damaged and become NaN. */
  void complete() {
    complete = true;
  }

  /** Adds the pixels of a row that are in the window. */
  void add(int y, int xMin, float[][] colours, int count) {
    if (y < window.yMin() || y > window.yMax()) {
      return;
    }
    int row = (int) (((long) y - window.yMin()) >> level);
    long first = Math.max(xMin, window.xMin());
    long last = Math.min((long) xMin + count - 1, window.xMax());
    synchronized (locks[row % LOCKS]) {
      for (long x = first; x <= last; ) {
        long column = (x - window.xMin()) >> level;
        long end = Math.min(last, window.xMin() + ((column + 1) << level) - 1);
        addBox((int) (row * (long) width + column), colours, (int) (x - xMin), (int) (end - xMin));
        x = end + 1;
      }
    }
  }

  /** Adds the pixels from {@code from} to {@code to} of a row to one box. */
  private void addBox(int box, float[][] colours, int from, int to) {
    // Scaled by a power of two, so that no sum overflows that a mean would not.
    double scale = 1.0 / (1L << (2 * level));
    for (int i = 0; i < LayerReader.SAMPLES; i++) {
      double sum = 0;
      float[] row = colours[i];
      for (int pixel = from; pixel <= to; pixel++) {
        sum += row[pixel];
      }
      sums[box * LayerReader.SAMPLES + i] += (float) (sum * scale);
    }
    counts[box] += to - from + 1;
  }

  /**
   * A tile at this level or a smaller size, as little-endian samples: red, green and blue of each
   * pixel, row by row.
   *
   * @param tileLevel the level, this one's or above
   * @param left first column in pixels of that level, counted from the window's
   * @param top first row
   * @param half whether samples are float16; else float32
   */
  byte[] tile(int tileLevel, long left, long top, boolean half) {
    int columns = (int) Math.min(TILE, size(window.width(), tileLevel) - left);
    int rows = (int) Math.min(TILE, size(window.height(), tileLevel) - top);
    return samples(tileLevel, left, top, columns, rows, half);
  }

  /** All of the window at a level, like a tile. */
  byte[] whole(int wholeLevel, boolean half) {
    return samples(
        wholeLevel,
        0,
        0,
        (int) size(window.width(), wholeLevel),
        (int) size(window.height(), wholeLevel),
        half);
  }

  private byte[] samples(int atLevel, long left, long top, int columns, int rows, boolean half) {
    int bytes = half ? Short.BYTES : Float.BYTES;
    ByteBuffer tile =
        ByteBuffer.allocate(columns * rows * LayerReader.SAMPLES * bytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    int up = atLevel - level;
    float[] pixel = new float[LayerReader.SAMPLES];
    for (long y = top; y < top + rows; y++) {
      for (long x = left; x < left + columns; x++) {
        mean(up, x, y, pixel);
        for (float sample : pixel) {
          if (half) {
            tile.putShort(Float.floatToFloat16(sample));
          } else {
            tile.putFloat(sample);
          }
        }
      }
    }
    return tile.array();
  }

  /** The mean of a square of 2^up boxes. */
  private void mean(int up, long x, long y, float[] pixel) {
    int xEnd = (int) Math.min(width, (x + 1) << up);
    int yEnd = (int) Math.min(height, (y + 1) << up);
    double[] sum = new double[LayerReader.SAMPLES];
    long count = 0;
    for (int row = (int) (y << up); row < yEnd; row++) {
      for (int column = (int) (x << up); column < xEnd; column++) {
        int box = row * width + column;
        count += counts[box];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += sums[box * LayerReader.SAMPLES + i];
        }
      }
    }
    if (count == 0) {
      nearest((int) (x << up), (int) (y << up), pixel);
      return;
    }
    double scale = (double) (1L << (2 * level)) / count;
    for (int i = 0; i < sum.length; i++) {
      pixel[i] = (float) (sum[i] * scale);
    }
  }

  /** What stands for a box that was not read: the nearest above or below, while more comes. */
  private void nearest(int column, int row, float[] pixel) {
    for (int distance = 1; !complete && distance < height; distance++) {
      for (int at : new int[] {row - distance, row + distance}) {
        if (at >= 0 && at < height && counts[at * width + column] > 0) {
          mean(0, column, at, pixel);
          return;
        }
      }
    }
    Arrays.fill(pixel, complete ? Float.NaN : 0);
  }
}
