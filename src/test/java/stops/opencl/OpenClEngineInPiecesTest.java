package stops.opencl;

import java.time.Duration;
import stops.engine.Engine;
import stops.engine.EngineTest;

/** The way of a device with memory of its own, and chunks in many pieces on three lanes. */
final class OpenClEngineInPiecesTest extends EngineTest {
  @Override
  protected Engine open() throws Exception {
    return TestDevice.open(
        new EngineOptions(3, 20_011, Duration.ofSeconds(60), true, false, TestDevice.cache()));
  }
}
