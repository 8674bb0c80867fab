package stops.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stops.engine.EngineFault;
import stops.engine.EngineUse;
import stops.engine.Outcome;

/** Adds up what each engine did for the strips of one file. Thread-safe. */
final class EngineLedger {
  private final Map<String, EngineUse> uses = new LinkedHashMap<>();
  private String reason = "";

  synchronized void add(Outcome outcome) {
    reason = outcome.reason();
    outcome.uses().forEach(use -> uses.merge(use.engine().id(), use, EngineLedger::sum));
  }

  private static EngineUse sum(EngineUse a, EngineUse b) {
    List<EngineFault> faults = new ArrayList<>(a.faults());
    b.faults().stream().filter(fault -> !faults.contains(fault)).forEach(faults::add);
    return new EngineUse(
        a.engine(),
        a.reason(),
        a.samples() + b.samples(),
        a.chunks() + b.chunks(),
        a.busySeconds() + b.busySeconds(),
        faults);
  }

  /** What each engine did, those included that did nothing. */
  synchronized List<EngineUse> uses() {
    return List.copyOf(uses.values());
  }

  /** Why these engines did it. */
  synchronized String reason() {
    return reason;
  }
}
