package stops.cpu;

import stops.engine.Engine;
import stops.engine.EngineTest;

/** The vector engine before its loops are compiled. */
class ColdVectorEngineTest extends EngineTest {
  @Override
  protected Engine open() {
    return new VectorEngine(true);
  }
}
