package stops.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.DoubleStream;
import stops.stats.ChannelStatistics.Exposures;

/**
 * The steps of a histogram, as far as they are on the axis. Neighbouring bins make a run, and
 * between two runs no bin has a sample.
 */
final class HistogramCurve {
  private static final double STEP = Exposures.HISTOGRAM_STEP_STOPS;

  private final StopsAxis axis;
  private final double samples;

  /** Numbers of samples by the exposure at which their bin begins. */
  private final SortedMap<Double, Long> bins;

  HistogramCurve(Exposures exposures, StopsAxis axis) {
    this.axis = axis;
    samples = exposures.samplesAboveZero();
    bins = exposures.histogramStops().subMap(axis.first(), axis.last());
  }

  /** The greatest share of a bin on the axis, in percent of all samples; 0 if there is none. */
  double greatestShare() {
    return bins.values().stream().mapToDouble(this::share).max().orElse(0);
  }

  private double share(long count) {
    return 100 * count / samples;
  }

  /**
   * The corners of a run of bins, from the axis up, along the bins, and down to it.
   *
   * @param x places on the axis
   * @param shares the share of the samples at each place, in percent
   */
  record Run(double[] x, double[] shares) {}

  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    DoubleStream.Builder x = DoubleStream.builder();
    DoubleStream.Builder shares = DoubleStream.builder();
    double end = Double.NaN;
    for (Map.Entry<Double, Long> each : bins.entrySet()) {
      double from = each.getKey();
      if (from != end) {
        if (!Double.isNaN(end)) {
          runs.add(run(x.add(axis.at(end)), shares.add(0)));
          x = DoubleStream.builder();
          shares = DoubleStream.builder();
        }
        x.add(axis.at(from));
        shares.add(0);
      }
      end = from + STEP;
      x.add(axis.at(from)).add(axis.at(end));
      shares.add(share(each.getValue())).add(share(each.getValue()));
    }
    if (!Double.isNaN(end)) {
      runs.add(run(x.add(axis.at(end)), shares.add(0)));
    }
    return runs;
  }

  private static Run run(DoubleStream.Builder x, DoubleStream.Builder shares) {
    return new Run(x.build().toArray(), shares.build().toArray());
  }
}
