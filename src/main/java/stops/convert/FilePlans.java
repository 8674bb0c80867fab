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
 * The engine plans of one file, one for each conversion, with an account of the engines' work. A
 * plan is made when its conversion first occurs. Thread-safe.
 */
final class FilePlans {
  private final EnginePool engines;
  private final long samples;
  private final Map<Conversion, EnginePlan> plans = new LinkedHashMap<>();

  /**
   * Plans of a file.
   *
   * @param samples number of samples for which engines are chosen: those of the file and of others
   *     like it
   */
  FilePlans(EnginePool engines, long samples) {
    this.engines = engines;
    this.samples = samples;
  }

  /** The plan for {@code conversion}. */
  synchronized EnginePlan of(Conversion conversion) {
    return plans.computeIfAbsent(conversion, absent -> engines.plan(conversion, samples));
  }

  /** The work of each engine, including engines that did nothing. */
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

  /** Why these engines were chosen, on one line. */
  synchronized String reason() {
    return plans.values().stream()
        .map(EnginePlan::reason)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
