package stops.format.flat;

import java.nio.ByteOrder;
import stops.engine.SampleType;
import stops.image.Window;

/**
 * Where the samples of an uncompressed picture lie in its file: packed, the channels of a pixel
 * together, whole rows one after the other.
 *
 * @param window the pixels; the last row may end early
 * @param channels channels of a pixel, 1 or more
 * @param samples all samples of all channels, 0 or more
 * @param type of every sample
 * @param order of the bytes of a sample
 * @param bottomUp whether the first row in the file is the lowest of the picture
 * @param offsetBytes where the first sample begins
 */
public record SampleLayout(
    Window window,
    int channels,
    long samples,
    SampleType type,
    ByteOrder order,
    boolean bottomUp,
    long offsetBytes) {

  /** Longest row of data without geometry, in samples: a power of two that an int can count. */
  private static final int LONGEST_ROW = 1 << 30;

  /** A window for {@code samples} samples without geometry: one row, or several if it is longer. */
  public static Window row(long samples) {
    if (samples <= Integer.MAX_VALUE) {
      return Window.ofSize((int) samples, 1);
    }
    return Window.ofSize(LONGEST_ROW, Math.toIntExact((samples - 1) / LONGEST_ROW + 1));
  }

  /** Size of all samples, in bytes. */
  long bytes() {
    return samples * type.bytes();
  }

  /** Size of a row, in bytes. */
  long rowBytes() {
    return window.width() * channels * type.bytes();
  }

  /** Where in the file the sample of channel 0 at this place of the window begins, in bytes. */
  long position(int x, int y) {
    long row = bottomUp ? (long) window.yMax() - y : (long) y - window.yMin();
    return offsetBytes + row * rowBytes() + ((long) x - window.xMin()) * channels * type.bytes();
  }

  /** Whether a strip of this window is one run of bytes in the file, in the strip's row order. */
  boolean isRun(Window strip) {
    return strip.height() == 1 || (strip.width() == window.width() && !bottomUp);
  }

  /** For people: {@code float32, little-endian}. */
  public String describe() {
    return type + (order == ByteOrder.LITTLE_ENDIAN ? ", little-endian" : ", big-endian");
  }
}
