package stops.engine;

/** A kind of unusual sample. Conversions count each kind and report where it first occurs. */
public enum Anomaly {
  /** To exposure: a zero intensity, which has no exposure. */
  UNDEFINED,
  /** To exposure: a negative intensity, or one below 1e-323, which becomes −1073 stops. */
  CLAMPED,
  /** A NaN, which becomes the canonical quiet NaN of the target type. */
  NAN,
  /** An infinite sample. To exposure, this is +∞ only: −∞ is {@link #CLAMPED}. */
  INFINITE,
  /** A finite sample whose result is too large for the target type and became +∞. */
  OVERFLOW,
  /**
   * A finite sample that is not 0 and whose result is too small for the target type: it became 0.
   */
  UNDERFLOW,
  /**
   * In an adjustment, a sample whose result had to be rounded so that the opposite adjustment does
   * not give the sample again. Not one that {@link #OVERFLOW} or {@link #UNDERFLOW} counts.
   */
  ROUNDED,
  /**
   * To exposure with a floor, a sample whose exposure is lower and became the floor; zeros and
   * negative ones among them. Files have a floor; engines have none.
   */
  FLOORED
}
