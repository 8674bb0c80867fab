package stops.exr.codec;

import java.util.List;

/**
 * The rectangle of pixels in one chunk of a file, and what its bytes mean when it is not
 * compressed: row by row from the top, in each row channel by channel in header order (those
 * channels that have samples in that row), in each channel from left to right, little-endian.
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

  /** Pixels in a row. */
  public long width() {
    return (long) xMax - xMin + 1;
  }

  /** Rows of pixels. */
  public long height() {
    return (long) yMax - yMin + 1;
  }

  /** How many samples the channel has in each row in which it has any. */
  public long rowSamples(ExrChannel channel) {
    return ExrChannel.samplesBetween(xMin, xMax, channel.xSampling());
  }

  /** In how many rows the channel has samples. */
  public long rows(ExrChannel channel) {
    return ExrChannel.samplesBetween(yMin, yMax, channel.ySampling());
  }

  /** Whether the channel has samples in row {@code y}. */
  public boolean hasRow(ExrChannel channel, int y) {
    return channel.ySampling() == 1 || Math.floorMod(y, channel.ySampling()) == 0;
  }

  /** Size of all rows and channels in bytes; {@code Long.MAX_VALUE} where a long cannot hold it. */
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
