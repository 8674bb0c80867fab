package stops.opencl;

import stops.engine.Engine;
import stops.engine.EngineTest;

/** The engine with float32 pairs. */
final class OpenClEngineInPairsTest extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(TestDevice.options(0, 0, Arithmetic.PAIRS, true, TestDevice.cache()));
  }
}
