package stops.verify;

import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.RawSamples;

/** An engine that changes the last bit of the result of one float32, in one of the two maps. */
final class OneBitWrong implements Engine {
  private final Engine real = new ScalarEngine();
  private final Direction wrong;
  private final float sample;

  OneBitWrong(Direction wrong, float sample) {
    this.wrong = wrong;
    this.sample = sample;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("9:9", EngineInfo.Kind.OPENCL_GPU, "One bit wrong", "fake", 1, 1 << 16);
  }

  @Override
  public boolean supports(Conversion conversion) {
    return true;
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws stops.engine.EngineFailure {
    Tally tally = real.convert(conversion, chunk);
    if (conversion.equals(Conversion.of(wrong, SampleType.FLOAT32, SampleType.FLOAT32))) {
      int bits = Float.floatToRawIntBits(sample);
      for (long i = 0; i < chunk.samples(); i++) {
        if ((int) RawSamples.get(chunk.source(), SampleType.FLOAT32, i) == bits) {
          long result = RawSamples.get(chunk.target(), SampleType.FLOAT32, i);
          RawSamples.put(chunk.target(), SampleType.FLOAT32, i, result ^ 1);
        }
      }
    }
    return tally;
  }

  @Override
  public void close() {
    real.close();
  }
}
