package stops.opencl;

import stops.engine.Engine;
import stops.engine.EngineTest;

/** The way of a device with memory of its own, and chunks in many pieces on three lanes. */
final class OpenClEngineInPiecesTest extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(TestDevice.options(3, 20_011, true, false, TestDevice.cache()));
  }
}
