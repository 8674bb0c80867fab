package stops.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import stops.engine.Conversion;
import stops.engine.EngineFault;
import stops.engine.EngineUse;
import stops.engine.pool.EnginePlan;
import stops.engine.pool.EnginePool;

/**
 * Which engines do the conversions of one file, chosen when a conversion first occurs, and what
 * each engine did for the file. Thread-safe.
 */
final class FilePlans {
  private final EnginePool engines;
  private final long samples;
  private final Map<Conversion, EnginePlan> plans = new LinkedHashMap<>();

  /**
   * Plans of a file.
   *
   * @param samples how many samples the choice is for: those of the file, and of others like it
   */
  FilePlans(EnginePool engines, long samples) {
    this.engines = engines;
    this.samples = samples;
  }

  /** The plan for {@code conversion}. */
  synchronized EnginePlan of(Conversion conversion) {
    return plans.computeIfAbsent(conversion, absent -> engines.plan(conversion, samples));
  }

  /** What each engine did, those included that did nothing. */
  synchronized List<EngineUse> uses() {
    Map<String, EngineUse> uses = new LinkedHashMap<>();
    for (EnginePlan plan : plans.values()) {
      plan.uses().forEach(use -> uses.merge(use.engine().id(), use, FilePlans::sum));
    }
    return List.copyOf(uses.values());
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

  /** Why these engines did it, on one line. */
  synchronized String reason() {
    return plans.values().stream()
        .map(EnginePlan::reason)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
