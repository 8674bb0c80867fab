package stops.cpu;

import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.Tally;
import stops.math.Definition;
import stops.math.RawSamples;

/**
 * The reference engine. It applies the {@link Definition} to one sample after the other, on the
 * calling thread, without vectors or tables.
 */
public final class ScalarEngine implements Engine {
  private static final long PREFERRED_CHUNK_SAMPLES = 1 << 16;

  private final EngineInfo info =
      new EngineInfo(
          "cpu",
          EngineInfo.Kind.SCALAR_CPU,
          "CPU (scalar)",
          "Java " + Runtime.version().feature() + ", " + System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors(),
          PREFERRED_CHUNK_SAMPLES);

  private static final PerConversion<Definition> DEFINITIONS = new PerConversion<>(Definition::new);

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
    Definition definition = DEFINITIONS.get(conversion);
    Tally tally = new Tally(chunk.channels());
    for (long i = 0; i < chunk.samples(); i++) {
      long sample = RawSamples.get(chunk.source(), conversion.source(), i);
      long result = definition.convertBits(sample);
      @Nullable Anomaly anomaly = definition.anomalyOfBits(sample, result);
      RawSamples.put(chunk.target(), conversion.target(), i, result);
      if (anomaly != null) {
        tally.add(chunk.channelOf(i), anomaly, i);
      }
    }
    return tally;
  }

  @Override
  public void close() {}
}
