package stops.match;

import org.jspecify.annotations.Nullable;

/**
 * What is compared of one picture.
 *
 * @param name of the channel, or {@code luminance}
 * @param stops the exposure of each pixel
 * @param guards the exposures of each channel that must not be clipped
 * @param clips for each guard the exposure in stops from which on it is clipped; +∞ for never
 * @param blocks the block of each pixel
 */
record Side(String name, float[] stops, float[][] guards, double[] clips, short[] blocks) {

  /** Whether a channel of a pixel is clipped. */
  boolean isClipped(int pixel) {
    for (int c = 0; c < guards.length; c++) {
      if (guards[c][pixel] >= clips[c]) {
        return true;
      }
    }
    return false;
  }

  /** The exposure, in stops, from which on the first channel is clipped; null if none is. */
  @Nullable Double lowestClip() {
    double lowest = Double.POSITIVE_INFINITY;
    for (double clip : clips) {
      lowest = Math.min(lowest, clip);
    }
    return Double.isInfinite(lowest) ? null : (Double) lowest;
  }
}
