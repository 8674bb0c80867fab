package stops.bench;

import java.util.HashMap;
import java.util.Map;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;

/** The random samples of each conversion, made when they are first needed. */
final class Tiles {
  private final Engine trusted;
  private final Map<Conversion, RandomSamples> tiles = new HashMap<>();

  Tiles(Engine trusted) {
    this.trusted = trusted;
  }

  RandomSamples of(Conversion conversion) throws EngineFailure, WrongResult {
    RandomSamples samples = tiles.get(conversion);
    if (samples == null) {
      samples = new RandomSamples(conversion, trusted);
      tiles.put(conversion, samples);
    }
    return samples;
  }
}
