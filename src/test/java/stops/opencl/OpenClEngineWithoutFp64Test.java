package stops.opencl;

import java.time.Duration;
import stops.engine.Engine;
import stops.engine.EngineTest;

/** The kernel variant in integers, for devices without double precision. */
final class OpenClEngineWithoutFp64Test extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(
        new EngineOptions(0, 0, Duration.ofSeconds(60), false, true, TestDevice.cache()));
  }
}
