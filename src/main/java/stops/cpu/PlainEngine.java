package stops.cpu;

import java.util.Optional;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * The CPU engine without the Vector API. It converts float16 samples by tables, float32 samples by
 * loops over arrays, and all other samples by the definition, on the calling thread. Java compiles
 * the loops to vector instructions by itself, and soon.
 *
 * <p>Thread-safe: threads share only the tables.
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
    if (PlainAdjuster.fits(conversion)) {
      return PlainAdjuster.convert(conversion, chunk);
    }
    return Float32Scalar.fits(conversion)
        ? ArrayBlockConverter.convert(conversion, chunk)
        : scalar.convert(conversion, chunk);
  }

  /** Drops the tables. The engine stays usable. */
  @Override
  public void close() {
    tables.clear();
  }
}
