package stops.exr.codec;

import java.util.List;

/**
 * The rectangle of pixels in one chunk of a file, and the order of its uncompressed samples. Rows
 * are stored from the top. A row has its channels one after the other, in header order, without the
 * channels that have no samples in the row. The samples of a channel are stored from left to right,
 * little-endian.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param xMin leftmost pixel
 * @param yMin topmost row
 * @param xMax rightmost pixel, included
 * @param yMax lowest row, included
 * @param channels the part's channels in header order
 */
public record BlockLayout(int xMin, int yMin, int xMax, int yMax, List<ExrChannel> channels) {

  /** Width in pixels. */
  public long width() {
    return (long) xMax - xMin + 1;
  }

  /** Height in pixels. */
  public long height() {
    return (long) yMax - yMin + 1;
  }

  /** Number of the channel's samples in each row that has any. */
  public long rowSamples(ExrChannel channel) {
    return ExrChannel.samplesBetween(xMin, xMax, channel.xSampling());
  }

  /** Number of rows in which the channel has samples. */
  public long rows(ExrChannel channel) {
    return ExrChannel.samplesBetween(yMin, yMax, channel.ySampling());
  }

  /** Whether the channel has samples in row {@code y}. */
  public boolean hasRow(ExrChannel channel, int y) {
    return channel.ySampling() == 1 || Math.floorMod(y, channel.ySampling()) == 0;
  }

  /** Size of the uncompressed block in bytes; {@code Long.MAX_VALUE} if it exceeds a long. */
  public long bytes() {
    long sum = 0;
    try {
      for (ExrChannel channel : channels) {
        long samples = Math.multiplyExact(rowSamples(channel), rows(channel));
        sum = Math.addExact(sum, Math.multiplyExact(samples, channel.type().bytes()));
      }
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
    return sum;
  }
}
