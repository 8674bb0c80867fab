package stops;

import java.util.List;
import java.util.Locale;
import stops.engine.Conversion;
import stops.engine.EngineFault;
import stops.engine.EngineUse;
import stops.engine.Tally;

/**
 * The outcome of a conversion.
 *
 * @param conversion the conversion
 * @param samples number of converted samples
 * @param tally the anomalies among them, with sample indices from the start of the buffer
 * @param engines the share of each engine, those included that had none, and its faults
 * @param reason the reason for the choice of these engines
 * @param seconds duration of the conversion
 */
public record Report(
    Conversion conversion,
    long samples,
    Tally tally,
    List<EngineUse> engines,
    String reason,
    double seconds) {

  public Report {
    engines = List.copyOf(engines);
  }

  /** A summary for people, on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d samples, %s to %s, in %.1f ms on ",
            samples,
            conversion.source(),
            conversion.target(),
            seconds * 1e3));
    for (EngineUse use : engines) {
      if (use.samples() > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s %s (%.0f %%), ",
                use.engine().id(),
                use.engine().name(),
                100.0 * use.samples() / samples));
      }
    }
    text.append("because: ").append(reason).append("; met: ").append(tally);
    for (EngineUse use : engines) {
      for (EngineFault fault : use.faults()) {
        text.append("; out: ").append(fault);
      }
    }
    return text.toString();
  }
}
