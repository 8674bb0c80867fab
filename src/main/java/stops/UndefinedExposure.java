package stops;

import java.util.Locale;
import stops.engine.Tally;

/** Signals zeros, whose exposure is undefined, in a conversion whose policy for them is to fail. */
public final class UndefinedExposure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Tally tally;

  UndefinedExposure(Tally tally) {
    super(
        String.format(
            Locale.ROOT,
            "the exposure of zero intensity is undefined, and %d samples are zero",
            tally.count(stops.engine.Anomaly.UNDEFINED)));
    this.tally = tally;
  }

  /** All anomalies of the conversion. */
  public Tally tally() {
    return tally;
  }
}
