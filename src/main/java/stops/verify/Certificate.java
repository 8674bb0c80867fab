package stops.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.engine.EngineFault;
import stops.engine.EngineInfo;
import stops.engine.EngineUse;
import stops.engine.pool.EnginePool;

/**
 * The result of verifying an engine.
 *
 * @param engine the engine
 * @param maps a result for each map and pairing of sample types that was tried
 * @param failure the reason why the engine failed before all were tried, on one line; null if it
 *     did not fail
 */
public record Certificate(EngineInfo engine, List<MapResult> maps, @Nullable String failure) {

  public Certificate {
    maps = List.copyOf(maps);
  }

  /** The certificate of the engine of {@code pool}, which failed. */
  static Certificate failed(EnginePool pool, List<MapResult> maps, EngineFailure failure) {
    EngineUse use = pool.uses().getFirst();
    return new Certificate(
        use.engine(),
        maps,
        use.faults().stream()
            .map(EngineFault::message)
            .findFirst()
            .orElse(String.valueOf(failure.getMessage())));
  }

  /** Whether everything was tried, and every result is the definition's. */
  public boolean passed() {
    return failure == null && maps.stream().allMatch(MapResult::passed);
  }
}
