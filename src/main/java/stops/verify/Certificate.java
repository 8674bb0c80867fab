package stops.verify;

import java.util.List;
import stops.engine.EngineInfo;

/**
 * What verifying an engine found.
 *
 * @param engine the engine
 * @param maps a result for each map and pairing of sample types that was tried
 */
public record Certificate(EngineInfo engine, List<MapResult> maps) {

  public Certificate {
    maps = List.copyOf(maps);
  }

  /** Whether every result is the one that the definition gives. */
  public boolean passed() {
    return maps.stream().allMatch(MapResult::passed);
  }
}
