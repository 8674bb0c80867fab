package stops.opencl;

import stops.engine.Engine;
import stops.engine.EngineTest;

/** The engine with double precision, in the caller's memory if the device shares it. */
final class OpenClEngineTest extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(TestDevice.options(0, 0, Arithmetic.FP64, true, TestDevice.cache()));
  }
}
