package stops.cpu;

import java.util.Optional;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.Tally;

/**
 * The engine that uses the CPU's vectors, on the calling thread. Any number of threads may convert
 * at once: what they share is immutable.
 */
final class VectorEngine implements Engine {
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
    return Float32Run.convert(conversion, chunk);
  }

  @Override
  public void close() {}
}
