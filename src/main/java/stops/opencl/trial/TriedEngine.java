package stops.opencl.trial;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;
import stops.opencl.ConversionKind;

/**
 * An engine whose device has proved each {@link ConversionKind} in a child process before it
 * converts the first chunk of that kind here. Thread-safe as the engine is.
 */
final class TriedEngine implements Engine {
  private final Engine engine;
  private final Trial trial;
  private final UseMark mark;

  /** The kinds of which a chunk has been converted here. */
  private final Set<ConversionKind> used = ConcurrentHashMap.newKeySet();

  /** The kinds that the device has proved. */
  private final Set<ConversionKind> proved = ConcurrentHashMap.newKeySet();

  /** Tries the device in a child process, unless it is known to be sound. */
  @FunctionalInterface
  interface Trial {
    void require(ConversionKind kind) throws EngineFailure, InterruptedException;
  }

  /**
   * An engine of a device.
   *
   * @param engine converts the chunks, and is closed with this
   * @param mark marks that this process uses the device, and is closed with this
   */
  TriedEngine(Engine engine, Trial trial, UseMark mark) {
    this.engine = engine;
    this.trial = trial;
    this.mark = mark;
  }

  @Override
  public EngineInfo info() {
    return engine.info();
  }

  @Override
  public boolean supports(Conversion conversion) {
    return engine.supports(conversion);
  }

  @Override
  public long mostSamples(Conversion conversion, Chunk chunk) {
    return engine.mostSamples(conversion, chunk);
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    return convert(conversion, List.of(chunk)).getFirst();
  }

  @Override
  public List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
    ConversionKind kind = ConversionKind.of(conversion);
    if (used.contains(kind) || !engine.supports(conversion)) {
      return engine.convert(conversion, chunks);
    }
    prove(kind);
    List<Tally> tallies;
    try (UseMark.Starting start = mark.starting()) {
      tallies = engine.convert(conversion, chunks);
    }
    used.add(kind);
    return tallies;
  }

  private synchronized void prove(ConversionKind kind) throws EngineFailure {
    if (proved.contains(kind)) {
      return;
    }
    try {
      trial.require(kind);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineFailure("interrupted", e);
    }
    proved.add(kind);
  }

  @Override
  public void close() {
    engine.close();
    mark.close();
  }
}
