package stops.match;

import org.jspecify.annotations.Nullable;

/**
 * By how many stops the geometric mean of a region is above an intensity. The geometric mean is the
 * mean of exposures. Pixels that are clipped, 0 or negative are left out. The standard error comes
 * from the differences between the blocks of the region.
 */
final class MeanLevel {
  private MeanLevel() {}

  static Match of(Side side, @Nullable Double floor, double value) throws TooLittleToMatch {
    float[] stops = side.stops();
    boolean[] counts = new boolean[stops.length];
    double sum = 0;
    int used = 0;
    for (int i = 0; i < stops.length; i++) {
      counts[i] =
          Float.isFinite(stops[i]) && (floor == null || stops[i] >= floor) && !side.isClipped(i);
      if (counts[i]) {
        sum += stops[i];
        used++;
      }
    }
    if (used == 0) {
      throw TooLittleToMatch.of(
          "too little to rest on: no pixel of the region is above 0 and below clipping");
    }
    double mean = sum / used;
    Clusters blocks = new Clusters(PixelChoice.BLOCKS);
    double squares = 0;
    for (int i = 0; i < stops.length; i++) {
      if (counts[i]) {
        blocks.add(side.blocks()[i], stops[i] - mean);
        squares += (stops[i] - mean) * (stops[i] - mean);
      }
    }
    return new Match(
        side.name(),
        mean - PixelLevels.exposure(value),
        Math.sqrt(blocks.variance()) / used,
        Math.sqrt(squares / used),
        used,
        stops.length,
        floor,
        side.lowestClip(),
        null);
  }
}
