package stops.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Definition;
import stops.math.SampleBits;

/**
 * The reference engine. It applies the {@link Definition} to one sample after the other, on the
 * calling thread, without vectors or tables.
 */
public final class ScalarEngine implements Engine {
  private static final long PREFERRED_CHUNK_SAMPLES = 1 << 16;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final EngineInfo info =
      new EngineInfo(
          "cpu",
          EngineInfo.Kind.SCALAR_CPU,
          "CPU (scalar)",
          "Java " + Runtime.version().feature() + ", " + System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors(),
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
    Definition definition = new Definition(conversion);
    Tally tally = new Tally(chunk.channels());
    for (long i = 0; i < chunk.samples(); i++) {
      double sample = read(chunk.source(), conversion.source(), i);
      long result = definition.convert(sample);
      @Nullable Anomaly anomaly = definition.anomaly(sample, result);
      write(chunk.target(), conversion.target(), i, result);
      if (anomaly != null) {
        tally.add(chunk.channelOf(i), anomaly, i);
      }
    }
    return tally;
  }

  private static double read(MemorySegment source, SampleType type, long index) {
    long bits =
        switch (type) {
          case FLOAT16 -> source.get(SHORT, index * Short.BYTES);
          case FLOAT32 -> source.get(INT, index * Integer.BYTES);
          case FLOAT64 -> source.get(LONG, index * Long.BYTES);
        };
    return SampleBits.value(type, bits);
  }

  private static void write(MemorySegment target, SampleType type, long index, long bits) {
    switch (type) {
      case FLOAT16 -> target.set(SHORT, index * Short.BYTES, (short) bits);
      case FLOAT32 -> target.set(INT, index * Integer.BYTES, (int) bits);
      case FLOAT64 -> target.set(LONG, index * Long.BYTES, bits);
    }
  }

  @Override
  public void close() {}
}
