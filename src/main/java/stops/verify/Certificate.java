package stops.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineInfo;

/**
 * What verifying an engine found.
 *
 * @param engine the engine
 * @param maps a result for each map and pairing of sample types that was tried
 * @param failure why the engine gave up before all were tried, on one line; null if it did not
 */
public record Certificate(EngineInfo engine, List<MapResult> maps, @Nullable String failure) {

  public Certificate {
    maps = List.copyOf(maps);
  }

  /** Whether all was tried, and every result is the one that the definition gives. */
  public boolean passed() {
    return failure == null && maps.stream().allMatch(MapResult::passed);
  }
}
