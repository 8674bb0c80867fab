package stops.match;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * A picture of three channels of linear light with the statistics of photographs: log-normal, with
 * structure at all scales, coloured. Immutable.
 *
 * @param width in pixels
 * @param height in pixels
 * @param samples red, green and blue of each pixel, row by row from the top
 */
record Scene(int width, int height, float[] samples) {

  /** A scene about 0.18 in the middle, over some ten stops. */
  static Scene of(long seed, int width, int height) {
    return of(seed, width, height, Math.max(width, height));
  }

  /** A scene whose structures are smaller than {@code largest} pixels. */
  static Scene of(long seed, int width, int height, int largest) {
    Random random = new Random(seed);
    double[] stops = new double[width * height];
    double[] tint = new double[width * height];
    for (int size = 2; size < largest; size *= 2) {
      addNoise(stops, width, random, size, 0.75);
      addNoise(tint, width, random, size, 0.15);
    }
    float[] samples = new float[3 * width * height];
    for (int i = 0; i < stops.length; i++) {
      double grain = 0.3 * random.nextGaussian();
      for (int c = 0; c < 3; c++) {
        double level = stops[i] + grain + (c - 1) * tint[i];
        samples[3 * i + c] = (float) (0.18 * Math.pow(2, level));
      }
    }
    return new Scene(width, height, samples);
  }

  /** Adds random values on a grid of this size, linear between. */
  private static void addNoise(double[] to, int width, Random random, int size, double deviation) {
    int height = to.length / width;
    int columns = width / size + 2;
    double[] grid = new double[columns * (height / size + 2)];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = deviation * random.nextGaussian();
    }
    for (int i = 0; i < to.length; i++) {
      double x = (double) (i % width) / size;
      double y = (double) (i / width) / size;
      int at = (int) x + (int) y * columns;
      double fx = x - (int) x;
      double fy = y - (int) y;
      double top = grid[at] + (grid[at + 1] - grid[at]) * fx;
      double bottom = grid[at + columns] + (grid[at + columns + 1] - grid[at + columns]) * fx;
      to[i] += top + (bottom - top) * fy;
    }
  }

  private interface Change {
    double of(int x, int y, int channel, double sample);
  }

  private Scene changed(Change change) {
    float[] changed = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      changed[i] = (float) change.of(i / 3 % width, i / 3 / width, i % 3, samples[i]);
    }
    return new Scene(width, height, changed);
  }

  /** The scene with 2^stops of the light. */
  Scene moved(double stops) {
    double factor = Math.pow(2, stops);
    return changed((x, y, c, sample) -> sample * factor);
  }

  /** The scene with each channel moved by its own stops. */
  Scene moved(double red, double green, double blue) {
    double[] factors = {Math.pow(2, red), Math.pow(2, green), Math.pow(2, blue)};
    return changed((x, y, c, sample) -> sample * factors[c]);
  }

  /**
   * The scene as a camera sees it.
   *
   * @param read standard deviation of the noise in the dark
   * @param shot standard deviation of the noise of light of 1; it grows with the root of light
   */
  Scene noisy(long seed, double read, double shot) {
    Random random = new Random(seed);
    return changed((x, y, c, sample) ->
        sample + Math.sqrt(read * read + shot * shot * sample) * random.nextGaussian());
  }

  Scene clipped(double most) {
    return changed((x, y, c, sample) -> Math.min(sample, most));
  }

  /** The scene with a rectangle of one value painted over it. */
  Scene painted(int left, int top, int right, int bottom, double value) {
    return changed(
        (x, y, c, sample) -> x >= left && x < right && y >= top && y < bottom ? value : sample);
  }

  /** The rectangle of this size whose first pixel is (left, top). */
  Scene cropped(int left, int top, int newWidth, int newHeight) {
    float[] cropped = new float[3 * newWidth * newHeight];
    for (int row = 0; row < newHeight; row++) {
      System.arraycopy(
          samples, 3 * ((top + row) * width + left), cropped, 3 * row * newWidth, 3 * newWidth);
    }
    return new Scene(newWidth, newHeight, cropped);
  }

  /** Writes a PFM file: intensities, though it does not say so. */
  Path write(Path file) throws IOException {
    byte[] header =
        String.format(Locale.ROOT, "PF\n%d %d\n-1.0\n", width, height)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(header.length + 4 * samples.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(header);
    for (int row = height - 1; row >= 0; row--) {
      for (int i = 0; i < 3 * width; i++) {
        bytes.putFloat(samples[3 * width * row + i]);
      }
    }
    return Files.write(file, bytes.array());
  }
}
