package stops.stats;

/**
 * Finite samples of nearly the same value, and what is known of them.
 *
 * @param count number of samples, 1 or more
 * @param intensity their mean intensity, or value
 * @param stops their mean exposure, in stops; NaN if they are not above zero
 * @param variance their mean squared distance from {@code stops}, in stops squared
 */
record Bin(long count, double intensity, double stops, double variance) {

  /** Samples that are all the same. */
  static Bin of(long count, double intensity, double stops) {
    return new Bin(count, intensity, stops, 0);
  }

  boolean hasStops() {
    return !Double.isNaN(stops);
  }
}
