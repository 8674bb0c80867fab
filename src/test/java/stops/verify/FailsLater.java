package stops.verify;

import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;

/** An engine that fails after some good calls. */
final class FailsLater implements Engine {
  private final Engine real = new ScalarEngine();
  private int callsLeft;

  FailsLater(int goodCalls) {
    callsLeft = goodCalls;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("9:8", EngineInfo.Kind.OPENCL_GPU, "Fails later", "fake", 1, 1 << 20);
  }

  @Override
  public boolean supports(Conversion conversion) {
    return true;
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    if (callsLeft-- <= 0) {
      throw new EngineFailure("clFinish: CL_OUT_OF_RESOURCES (-5) on 9:8");
    }
    return real.convert(conversion, chunk);
  }

  @Override
  public void close() {
    real.close();
  }
}
