package stops.opencl;

import stops.engine.Engine;
import stops.engine.EngineTest;

/** The kernel variant in double precision, on host memory where it is shared. */
final class OpenClEngineTest extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(TestDevice.options(0, 0, true, true, TestDevice.cache()));
  }
}
