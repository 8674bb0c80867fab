package stops.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.pool.BorrowedEngine;
import stops.engine.pool.EnginePool;
import stops.waiting.Deadline;

/**
 * Measures how fast engines convert, and keeps the speeds: one for each engine, driver, pairing of
 * sample types and machine. A measurement takes up to a second and 128 MiB. Thread-safe.
 */
final class Calibration {
  private static final long MOST_BYTES = 64L << 20;
  private static final long FIRST_SAMPLES = 1 << 20;

  /** A run of this length is long against its overhead, and lets all lanes work together. */
  private static final double TELLING_SECONDS = 0.02;

  private static final long FEW_SAMPLES = 1 << 14;
  private static final Duration LIMIT = Duration.ofMillis(400);

  /** Measuring ends after this number of runs in a row that set no new record. */
  private static final int STEADY_RUNS = 4;

  private final String machine;
  private final Engine trusted;
  private final SpeedStore store;
  private final Map<String, EngineSpeed> measured = new ConcurrentHashMap<>();

  /**
   * The speeds of the engines of one machine.
   *
   * @param machine tells apart the machines, and the versions of this program, that share the store
   * @param trusted the engine that checks devices, as in a pool
   * @param store keeps the speeds
   */
  Calibration(String machine, Engine trusted, SpeedStore store) {
    this.machine = machine;
    this.trusted = trusted;
    this.store = store;
  }

  /** The engine's speed, if it was measured on this machine before. */
  Optional<EngineSpeed> known(Engine engine, Conversion conversion) {
    String key = key(engine, conversion);
    EngineSpeed speed = measured.get(key);
    if (speed != null) {
      return Optional.of(speed);
    }
    Optional<EngineSpeed> stored = store.get(key);
    stored.ifPresent(each -> measured.put(key, each));
    return stored;
  }

  /**
   * The engine's speed. It is measured if it is not known, one measurement at a time.
   *
   * @throws EngineFailure if the engine failed while it was measured
   * @throws InterruptedException if the thread was interrupted
   */
  synchronized EngineSpeed speed(Engine engine, Conversion conversion)
      throws EngineFailure, InterruptedException {
    Optional<EngineSpeed> known = known(engine, conversion);
    if (known.isPresent()) {
      return known.get();
    }
    EngineSpeed speed = measure(engine, conversion);
    String key = key(engine, conversion);
    measured.put(key, speed);
    store.put(key, speed);
    return speed;
  }

  private String key(Engine engine, Conversion conversion) {
    EngineInfo info = engine.info();
    return String.format(
        Locale.ROOT,
        "%s, %s, %s, %s, %s, %s to %s%s",
        machine,
        info.kind(),
        info.name(),
        info.detail(),
        conversion.direction(),
        conversion.source(),
        conversion.target(),
        conversion.hasGain() ? " with gain" : "");
  }

  private EngineSpeed measure(Engine engine, Conversion conversion)
      throws EngineFailure, InterruptedException {
    int sampleBytes = Math.max(conversion.source().bytes(), conversion.target().bytes());
    long most = MOST_BYTES / sampleBytes;
    try (Arena arena = Arena.ofShared();
        EnginePool pool = EnginePool.of(new BorrowedEngine(trusted), new BorrowedEngine(engine))) {
      Chunk chunk =
          Chunk.of(
              ordinary(arena, conversion.source(), most),
              arena.allocate(most * conversion.target().bytes(), 64),
              most);
      long many = FIRST_SAMPLES;
      double seconds = shortest(pool, conversion, chunk.slice(conversion, 0, many));
      while (seconds < TELLING_SECONDS && many < most) {
        many = Math.min(most, 4 * many);
        seconds = shortest(pool, conversion, chunk.slice(conversion, 0, many));
      }
      double fewSeconds = shortest(pool, conversion, chunk.slice(conversion, 0, FEW_SAMPLES));
      return EngineSpeed.through(FEW_SAMPLES, fewSeconds, many, seconds);
    }
  }

  private static double shortest(EnginePool pool, Conversion conversion, Chunk chunk)
      throws EngineFailure, InterruptedException {
    Deadline deadline = Deadline.after(LIMIT);
    double shortest = Double.POSITIVE_INFINITY;
    int steady = 0;
    while (steady < STEADY_RUNS) {
      double seconds = pool.convertAll(conversion, chunk, Progress.NONE).seconds();
      steady = seconds < shortest ? 0 : steady + 1;
      shortest = Math.min(shortest, seconds);
      if (deadline.isOver()) {
        break;
      }
    }
    return shortest;
  }

  /** Values from 1 to 2, which are ordinary in both directions and all types. */
  private static MemorySegment ordinary(Arena arena, SampleType type, long samples) {
    MemorySegment memory = arena.allocate(samples * type.bytes(), 64);
    for (long i = 0; i < samples; i++) {
      long step = i * 0x9e3779b97f4a7c15L >>> 1;
      switch (type) {
        case FLOAT16 ->
            memory.set(
                ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN),
                i * 2,
                (short) (0x3c00 + (step >>> 53)));
        case FLOAT32 ->
            memory.set(
                ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN),
                i * 4,
                (int) (0x3f800000 + (step >>> 40)));
        case FLOAT64 ->
            memory.set(
                ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN),
                i * 8,
                0x3ff0000000000000L + (step >>> 11));
      }
    }
    return memory;
  }

  /** Seconds, for people. */
  static String text(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.3g ms", seconds * 1e3)
        : String.format(Locale.ROOT, "%.3g s", seconds);
  }
}
