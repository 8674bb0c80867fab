package stops.opencl;

import java.util.List;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.EngineTest;
import stops.engine.Progress;
import stops.engine.Tally;
import stops.engine.pool.EnginePool;

/** The engine for a device with memory of its own, with chunks in many pieces on three lanes. */
final class OpenClEngineInPiecesTest extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    Engine device =
        TestDevice.open(TestDevice.options(3, 5003, Arithmetic.FP64, false, TestDevice.cache()));
    return new Pooled(device, EnginePool.unchecked(device));
  }

  /** An engine whose chunks a pool cuts. */
  private record Pooled(Engine engine, EnginePool pool) implements Engine {
    @Override
    public EngineInfo info() {
      return engine.info();
    }

    @Override
    public boolean supports(Conversion conversion) {
      return engine.supports(conversion);
    }

    @Override
    public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
      try {
        return pool.convertAll(conversion, chunk, Progress.NONE).tally();
      } catch (InterruptedException e) {
        throw new EngineFailure("interrupted", e);
      }
    }

    @Override
    public List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
      try {
        return pool.plan(conversion, 1).convert(chunks);
      } catch (InterruptedException e) {
        throw new EngineFailure("interrupted", e);
      }
    }

    @Override
    public void close() {
      pool.close();
      engine.close();
    }
  }
}
