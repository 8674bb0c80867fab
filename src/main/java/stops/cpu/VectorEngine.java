package stops.cpu;

import java.util.Optional;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * The engine that uses the CPU's vectors, on the calling thread. Any number of threads may convert
 * at once: what they share is immutable.
 */
final class VectorEngine implements Engine {
  /** Fits the innermost caches, source and target together. */
  private static final int BLOCK_SAMPLES = 1 << 16;

  private static final long PREFERRED_CHUNK_SAMPLES = 1 << 20;

  private final ScalarEngine scalar = new ScalarEngine();
  private final EngineInfo info =
      new EngineInfo(
          "cpu",
          EngineInfo.Kind.VECTOR_CPU,
          "CPU",
          "%d-bit vectors, Java %d, %s"
              .formatted(
                  Lanes.FLOATS.vectorBitSize(),
                  Runtime.version().feature(),
                  System.getProperty("os.arch")),
          Runtime.getRuntime().availableProcessors(),
          PREFERRED_CHUNK_SAMPLES);

  /** Why this machine's vectors are of no use, on one line, if they are not. */
  static Optional<String> unfit() {
    return Lanes.COUNT < 4
        ? Optional.of("this machine's vectors have only %d lanes".formatted(Lanes.COUNT))
        : Optional.empty();
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public boolean supports(Conversion conversion) {
    return true;
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) {
    chunk.check(conversion);
    if (!Float32Loop.fits(conversion) || !chunk.source().isNative() || !chunk.target().isNative()) {
      return scalar.convert(conversion, chunk);
    }
    Float32Loop loop = Float32Loop.of(conversion);
    Tally tally = new Tally(chunk.channels());
    LaneTally lanes = new LaneTally(chunk.channels());
    for (long i = 0; i < chunk.samples(); i += BLOCK_SAMPLES) {
      loop.convert(
          chunk.source(),
          i * SampleType.FLOAT32.bytes(),
          chunk.target(),
          i * conversion.target().bytes(),
          (int) Math.min(BLOCK_SAMPLES, chunk.samples() - i),
          lanes);
      lanes.addTo(tally, chunk, i);
    }
    return tally;
  }

  @Override
  public void close() {}
}
