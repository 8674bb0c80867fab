package stops.match;

/** Sums of influences by cluster, whose pixels may depend on one another. */
final class Clusters {
  private final double[] sums;
  private final boolean[] present;

  Clusters(int most) {
    sums = new double[most];
    present = new boolean[most];
  }

  void add(int cluster, double influence) {
    sums[cluster] += influence;
    present[cluster] = true;
  }

  /** The number of clusters that have something. */
  int count() {
    int count = 0;
    for (boolean each : present) {
      count += each ? 1 : 0;
    }
    return count;
  }

  /** The variance of the sum over all clusters, which are taken as independent. */
  double variance() {
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    int count = count();
    return count < 2 ? 0 : squares * count / (count - 1);
  }
}
