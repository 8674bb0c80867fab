package stops.engine.pool;

import java.util.List;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;

/**
 * Wraps an engine that its owner closes. Closing the wrapper does nothing, so a pool may do so.
 *
 * @param engine the wrapped engine
 */
public record BorrowedEngine(Engine engine) implements Engine {
  @Override
  public EngineInfo info() {
    return engine.info();
  }

  @Override
  public boolean supports(Conversion conversion) {
    return engine.supports(conversion);
  }

  @Override
  public long mostSamples(Conversion conversion, Chunk chunk) {
    return engine.mostSamples(conversion, chunk);
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    return engine.convert(conversion, chunk);
  }

  @Override
  public List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
    return engine.convert(conversion, chunks);
  }

  @Override
  public void close() {}
}
