package stops.opencl;

import stops.engine.Engine;
import stops.engine.EngineTest;

/** The engine with integer arithmetic, for devices without double precision and fast fma. */
final class OpenClEngineWithoutFp64Test extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(TestDevice.options(0, 0, Arithmetic.INTEGER, true, TestDevice.cache()));
  }
}
