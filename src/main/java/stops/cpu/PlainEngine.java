package stops.cpu;

import java.util.Optional;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * The engine without the module for vectors, on the calling thread: float16 by tables, float32 by
 * loops that Java's compiler makes vectors of, and the rest, which is rare, by the definition. Java
 * compiles it at once. Any number of threads may convert at once: what they share is tables.
 */
final class PlainEngine implements Engine {
  private static final long PREFERRED_CHUNK_SAMPLES = 1 << 18;

  private final ScalarEngine scalar = new ScalarEngine();
  private final Float16Tables tables = new Float16Tables();
  private final EngineInfo info =
      new EngineInfo(
          "cpu",
          EngineInfo.Kind.SCALAR_CPU,
          "CPU",
          "plain code, " + scalar.info().detail(),
          scalar.info().lanes(),
          PREFERRED_CHUNK_SAMPLES);

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
    if (conversion.source() == SampleType.FLOAT16) {
      Optional<Float16Table> table = tables.of(conversion, chunk.samples());
      if (table.isPresent()) {
        return table.get().convert(chunk);
      }
    }
    return Float32Scalar.fits(conversion)
        ? Float32Blocks.convert(conversion, chunk)
        : scalar.convert(conversion, chunk);
  }

  /** Forgets the tables; the engine stays usable. */
  @Override
  public void close() {
    tables.clear();
  }
}
