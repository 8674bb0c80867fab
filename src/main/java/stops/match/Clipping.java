package stops.match;

import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;

/**
 * Finds from which exposure on a channel is clipped. Clipping piles up samples at the greatest
 * value. There is a pile where the last 1/64 stop below the maximum has more than four times the
 * samples of an average 1/64 stop in the quarter stop below it. Something brighter that was painted
 * into a clipped picture makes a pile above its clipping; therefore up to three are taken off, as
 * long as they are together less than half of the samples. A picture of one value is not clipped.
 */
final class Clipping {
  private static final double WIDTH = 1.0 / 64;
  private static final double NEIGHBOURS = 16;
  private static final int LEAST = 16;
  private static final int MOST_PILES = 3;

  /** The exposure of 65504, the greatest float16, less half of the step below it. */
  private static final double GREATEST_HALF = PixelLevels.exposure(65504 - 16);

  private Clipping() {}

  /**
   * The exposure, in stops, from which on samples are clipped; +∞ if none are.
   *
   * @param type the sample type of intensities; null if the samples are exposures
   */
  static double of(float[] stops, @Nullable SampleType type) {
    double clip = type == SampleType.FLOAT16 ? GREATEST_HALF : Double.POSITIVE_INFINITY;
    long all = count(stops, Double.NEGATIVE_INFINITY, clip);
    long piled = 0;
    for (int pile = 0; pile < MOST_PILES; pile++) {
      double edge = greatestBelow(stops, clip) - WIDTH;
      long near = count(stops, edge, clip);
      double average = count(stops, edge - NEIGHBOURS * WIDTH, edge) / NEIGHBOURS;
      piled += near;
      boolean isPile = near >= LEAST && near > 4 * average + 8 * Math.sqrt(average);
      boolean leaves = pile == 0 ? all - piled > all / 100 : piled <= all / 2;
      if (!isPile || !leaves) {
        return clip;
      }
      clip = edge;
    }
    return clip;
  }

  private static double greatestBelow(float[] stops, double limit) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float each : stops) {
      greatest = each < limit && each > greatest ? each : greatest;
    }
    return greatest;
  }

  /** The number of exposures from {@code from} on and below {@code to}, infinities left out. */
  private static long count(float[] stops, double from, double to) {
    long count = 0;
    for (float each : stops) {
      if (each >= from && each < to && each > Float.NEGATIVE_INFINITY) {
        count++;
      }
    }
    return count;
  }
}
