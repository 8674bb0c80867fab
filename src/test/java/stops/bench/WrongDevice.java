package stops.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;

/** An engine that changes one bit of one sample in each chunk, near its end. */
final class WrongDevice implements Engine {
  private final Engine real = new ScalarEngine();

  @Override
  public EngineInfo info() {
    return new EngineInfo("98:0", EngineInfo.Kind.OPENCL_GPU, "Wrong", "fake", 1, 1 << 16);
  }

  @Override
  public boolean supports(Conversion conversion) {
    return true;
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    Tally tally = real.convert(conversion, chunk);
    if (chunk.samples() > 100) {
      long at = chunk.target().byteSize() - 9 * conversion.target().bytes();
      chunk.target().set(JAVA_BYTE, at, (byte) (chunk.target().get(JAVA_BYTE, at) ^ 1));
    }
    return tally;
  }

  @Override
  public void close() {}
}
