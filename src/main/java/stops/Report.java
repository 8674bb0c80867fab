package stops;

import java.util.List;
import java.util.Locale;
import stops.engine.Conversion;
import stops.engine.EngineFault;
import stops.engine.EngineUse;
import stops.engine.Tally;

/**
 * What a conversion did.
 *
 * @param conversion what was asked for
 * @param samples how many samples were converted
 * @param tally which of them were not ordinary, with sample indices from the start of the buffer
 * @param engines what each engine did, those included that did nothing, and what went wrong on it
 * @param reason why these engines did it
 * @param seconds how long it took
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

  /** A few words for people, on one line. */
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
