package stops.cpu;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.Tally;

/**
 * The CPU engine that uses the Vector API, on the calling thread. It adjusts float32 samples, and
 * converts float16 and float32 samples to one of these types without gain, once Java has compiled
 * the vector loops. {@link PlainEngine} does everything else.
 *
 * <p>Thread-safe: threads share only constants, tables and warm-ups.
 */
final class VectorEngine implements Engine {
  private static final long PREFERRED_CHUNK_SAMPLES = 1 << 20;

  private final PlainEngine plain = new PlainEngine();
  private final Map<Conversion, WarmUp> warmUps = new ConcurrentHashMap<>();
  private final boolean cold;
  private final EngineInfo info =
      new EngineInfo(
          "cpu",
          EngineInfo.Kind.VECTOR_CPU,
          "CPU",
          String.format(
              Locale.ROOT,
              "%d-bit vectors, Java %d, %s",
              VectorWidth.FLOATS.vectorBitSize(),
              Runtime.version().feature(),
              System.getProperty("os.arch")),
          Runtime.getRuntime().availableProcessors(),
          PREFERRED_CHUNK_SAMPLES);

  /** Creates an engine that converts without vectors until Java has compiled the vector loops. */
  VectorEngine() {
    this(true);
  }

  /**
   * Creates an engine.
   *
   * @param cold whether to convert without vectors until Java has compiled the vector loops
   */
  VectorEngine(boolean cold) {
    this.cold = cold;
  }

  /** The reason not to use this machine's vectors, on one line; empty if they can be used. */
  static Optional<String> unfit() {
    return VectorWidth.COUNT < 4
        ? Optional.of(
            String.format(
                Locale.ROOT, "this machine's vectors have only %d lanes", VectorWidth.COUNT))
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
    boolean fits = VectorChunkConverter.fits(conversion) || PlainAdjuster.fits(conversion);
    return fits && isWarm(conversion, chunk.samples())
        ? convertByVectors(conversion, chunk)
        : plain.convert(conversion, chunk);
  }

  /** Converts a chunk by a vector loop, compiled or not. */
  static Tally convertByVectors(Conversion conversion, Chunk chunk) {
    return conversion.direction().adjusts()
        ? VectorAdjuster.convert(conversion, chunk)
        : VectorChunkConverter.convert(conversion, chunk);
  }

  private boolean isWarm(Conversion conversion, long samples) {
    if (!cold) {
      return true;
    }
    return warmUps.computeIfAbsent(WarmUp.loop(conversion), WarmUp::new).done(samples);
  }

  /** Drops the tables. The engine stays usable. */
  @Override
  public void close() {
    plain.close();
  }
}
