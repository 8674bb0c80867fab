package stops.engine;

/** The choices of a value to store for the exposure of a zero intensity, which is undefined. */
public enum ZeroPolicy {
  /** Negative infinity, which converts back to zero. */
  INF(Double.NEGATIVE_INFINITY),
  /** The canonical quiet NaN. */
  NAN(Double.NaN),
  /** −1073, the exposure of 1e-323. */
  FLOOR(-1073.0),
  /** Negative infinity in the samples; the caller rejects the result if any zero was counted. */
  FAIL(Double.NEGATIVE_INFINITY);

  private final double exposure;

  ZeroPolicy(double exposure) {
    this.exposure = exposure;
  }

  /** The exposure, in stops, that is stored for a zero. Exact in every sample type. */
  public double exposure() {
    return exposure;
  }
}
