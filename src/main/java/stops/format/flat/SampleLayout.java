package stops.format.flat;

import java.nio.ByteOrder;
import stops.engine.SampleType;
import stops.image.Window;

/**
 * The places of the samples of an uncompressed picture in its file: packed, row by row, the
 * channels of a pixel together.
 *
 * @param window the pixels; the last row may end early
 * @param channels channels of a pixel, 1 or more
 * @param samples number of samples, all channels together, 0 or more
 * @param type of every sample
 * @param order byte order of the samples
 * @param bottomUp whether the first row in the file is the lowest of the picture
 * @param offsetBytes offset of the first sample
 */
public record SampleLayout(
    Window window,
    int channels,
    long samples,
    SampleType type,
    ByteOrder order,
    boolean bottomUp,
    long offsetBytes) {

  /** Longest row of samples without geometry: a power of two that an int can count. */
  private static final int LONGEST_ROW = 1 << 30;

  /** A window for samples without geometry: one row, or several for more than 2³¹ − 1. */
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

  /** Offset in the file of the sample of channel 0 at this pixel, in bytes. */
  long position(int x, int y) {
    long row = bottomUp ? (long) window.yMax() - y : (long) y - window.yMin();
    return offsetBytes + row * rowBytes() + ((long) x - window.xMin()) * channels * type.bytes();
  }

  /** Whether the bytes of a strip lie in the file as they do in the strip: one run, in order. */
  boolean isRun(Window strip) {
    return strip.height() == 1 || (strip.width() == window.width() && !bottomUp);
  }

  /** For people: {@code float32, little-endian}. */
  public String describe() {
    return type + (order == ByteOrder.LITTLE_ENDIAN ? ", little-endian" : ", big-endian");
  }
}
