package stops.engine.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;

/**
 * A device whose faults a test chooses. The calls that {@code when} selects get {@code fault}
 * instead of the real engine's work. The device claims to be a GPU, so that a pool does not trust
 * it.
 */
public class FaultyEngine implements Engine {
  public final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger running = new AtomicInteger();
  public final AtomicBoolean closed = new AtomicBoolean();
  private final Engine real;
  private final EngineInfo info;
  private final When when;
  private final Fault fault;

  /** Selects the calls that go wrong, counted from 1. */
  public interface When {
    boolean at(int call);

    static When always() {
      return call -> true;
    }

    static When never() {
      return call -> false;
    }

    static When once(int nth) {
      return call -> call == nth;
    }

    static When from(int nth) {
      return call -> call >= nth;
    }
  }

  /** Replaces the real engine's work, or adds to it. */
  public interface Fault {
    Tally convert(Engine real, Conversion conversion, Chunk chunk) throws EngineFailure;
  }

  public FaultyEngine(String id, Engine real, When when, Fault fault) {
    this(
        new EngineInfo(id, EngineInfo.Kind.OPENCL_GPU, "GPU " + id, "fake", 2, 1 << 16),
        real,
        when,
        fault);
  }

  public FaultyEngine(EngineInfo info, Engine real, When when, Fault fault) {
    this.info = info;
    this.real = real;
    this.when = when;
    this.fault = fault;
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public boolean supports(Conversion conversion) {
    return real.supports(conversion);
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    if (closed.get()) {
      throw new IllegalStateException("closed");
    }
    running.incrementAndGet();
    try {
      return when.at(calls.incrementAndGet())
          ? fault.convert(real, conversion, chunk)
          : real.convert(conversion, chunk);
    } finally {
      running.decrementAndGet();
    }
  }

  @Override
  public void close() {
    closed.set(true);
    real.close();
  }
}
