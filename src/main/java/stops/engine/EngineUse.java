package stops.engine;

import java.util.List;

/**
 * The work of one engine: samples converted, time taken and faults.
 *
 * @param engine the engine
 * @param reason why it was chosen
 * @param samples number of samples that it converted
 * @param chunks number of pieces that it converted
 * @param busySeconds working time in seconds, summed over its lanes, including spot checks
 * @param faults its failures. One is enough to exclude the engine from the pool
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
