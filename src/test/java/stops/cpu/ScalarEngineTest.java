package stops.cpu;

import stops.engine.Engine;
import stops.engine.EngineTest;

class ScalarEngineTest extends EngineTest {
  @Override
  protected Engine open() {
    return new ScalarEngine();
  }
}
