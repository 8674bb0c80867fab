package stops.stats;

import java.util.List;
import java.util.Locale;
import stops.math.Scalar;
import stops.stats.ChannelStatistics.Exposures;

/**
 * The axis of a histogram, from one whole stop to another.
 *
 * @param first where it begins, in stops
 * @param last where it ends, in stops
 */
record StopsAxis(double first, double last) {
  /** The exposure of middle grey. */
  static final double GREY = Scalar.exposure(0.18);

  /** The exposure of the largest float16 number. */
  static final double HALF_CLIPPING = Scalar.exposure(65_504);

  /** The most stops below and above the middle of the medians. */
  private static final double MOST_ASIDE = 24;

  private static final double LEAST_STOPS = 4;

  /** A mark this close to the samples is drawn in its place. */
  private static final double NEAR = 3;

  /** The axis for some channels: all of their range, but no more than 48 stops. */
  static StopsAxis of(List<Exposures> channels) {
    double least = channels.stream().mapToDouble(Exposures::minimumStops).min().orElse(0);
    double greatest = channels.stream().mapToDouble(Exposures::maximumStops).max().orElse(0);
    double middle = channels.stream().mapToDouble(Exposures::medianStops).average().orElse(0);
    for (double mark : new double[] {GREY, HALF_CLIPPING}) {
      if (mark > least - NEAR && mark < greatest + NEAR) {
        least = Math.min(least, mark);
        greatest = Math.max(greatest, mark);
      }
    }
    double first = Math.floor(Math.max(least, middle - MOST_ASIDE) - 0.25);
    double last = Math.ceil(Math.min(greatest, middle + MOST_ASIDE) + 0.25);
    double missing = Math.max(0, LEAST_STOPS - (last - first));
    return new StopsAxis(first - Math.floor(missing / 2), last + Math.ceil(missing / 2));
  }

  boolean has(double stops) {
    return stops >= first && stops <= last;
  }

  /** The place of an exposure in the picture. */
  double at(double stops) {
    return HistogramDrawing.LEFT
        + (HistogramDrawing.RIGHT - HistogramDrawing.LEFT) * (stops - first) / (last - first);
  }

  /** The place of an exposure, or of the end of the axis if it is beyond. */
  double clamped(double stops) {
    return at(Math.clamp(stops, first, last));
  }

  /** Stops from one label to the next. */
  int labelStep() {
    return last - first > 26 ? 4 : last - first > 14 ? 2 : 1;
  }

  /** How many samples of a channel are not drawn, for a text; empty if all are. */
  String beyond(Exposures exposures) {
    long below =
        exposures.histogramStops().headMap(first).values().stream().mapToLong(n -> n).sum();
    long above = exposures.histogramStops().tailMap(last).values().stream().mapToLong(n -> n).sum();
    return beyond(below, "left") + beyond(above, "right");
  }

  private static String beyond(long samples, String side) {
    return samples == 0
        ? ""
        : String.format(
            Locale.ROOT, "; %,d %s further %s", samples, samples == 1 ? "sample" : "samples", side);
  }
}
