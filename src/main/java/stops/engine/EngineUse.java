package stops.engine;

import java.util.List;

/**
 * What an engine did.
 *
 * @param engine what it is
 * @param reason why it was there
 * @param samples how many samples it converted
 * @param chunks in how many pieces
 * @param busySeconds how long it worked on them, summed over its lanes, spot checks included
 * @param faults what went wrong on it; a single fault takes an engine out
 */
public record EngineUse(
    EngineInfo engine,
    String reason,
    long samples,
    long chunks,
    double busySeconds,
    List<EngineFault> faults) {

  public EngineUse {
    faults = List.copyOf(faults);
  }
}
