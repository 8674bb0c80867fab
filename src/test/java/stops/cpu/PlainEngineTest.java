package stops.cpu;

import stops.engine.Engine;
import stops.engine.EngineTest;

class PlainEngineTest extends EngineTest {
  @Override
  protected Engine open() {
    return new PlainEngine();
  }
}
