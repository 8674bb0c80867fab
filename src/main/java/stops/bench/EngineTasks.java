package stops.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.EngineFailure;
import stops.engine.Progress;
import stops.engine.Tally;
import stops.engine.pool.EnginePool;
import stops.engine.pool.Outcome;

/** The measurements of one engine: conversions from host memory to host memory. */
final class EngineTasks {
  private static final long LEAST_SWEEP_SAMPLES = 1 << 12;
  private static final int SWEEP_FACTOR = 4;

  private static final long SMALL_SAMPLES = 1 << 14;
  private static final long QUIET_NANOS = 2_000_000_000;

  private final BenchRow.Subject subject;
  private final boolean cpu;
  private final EnginePool pool;
  private final List<Conversion> conversions;
  private final HostBuffers buffers;
  private final Tiles tiles;

  /**
   * The measurements of one engine.
   *
   * @param cpu whether it is the CPU engine
   * @param pool a pool with this engine alone
   * @param conversions the conversions to measure, which the engine supports
   */
  EngineTasks(
      BenchRow.Subject subject,
      boolean cpu,
      EnginePool pool,
      List<Conversion> conversions,
      HostBuffers buffers,
      Tiles tiles) {
    this.subject = subject;
    this.cpu = cpu;
    this.pool = pool;
    this.conversions = conversions;
    this.buffers = buffers;
    this.tiles = tiles;
  }

  /**
   * The name of a conversion, such as {@code exposure f32 to f32}: its results, the type of its
   * samples, and the type of its results.
   */
  static String name(Conversion conversion) {
    return String.format(
        Locale.ROOT,
        "%s %s to %s",
        conversion.direction() == Direction.TO_EXPOSURE ? "exposure" : "intensity",
        conversion.source().shortName(),
        conversion.target().shortName());
  }

  static BenchRow.Load load(Conversion conversion, long samples) {
    return new BenchRow.Load(
        name(conversion),
        samples * (conversion.source().bytes() + conversion.target().bytes()),
        samples);
  }

  Task full(Conversion conversion, long samples) {
    return task(Measure.HOST_TO_HOST, conversion, samples);
  }

  /** Measures a conversion at a series of sizes, up to {@code mostSamples}. */
  List<Task> sweep(Conversion conversion, long mostSamples) {
    List<Task> tasks = new ArrayList<>();
    for (long samples = LEAST_SWEEP_SAMPLES; samples <= mostSamples; samples *= SWEEP_FACTOR) {
      tasks.add(task(Measure.SWEEP, conversion, samples));
    }
    return tasks;
  }

  private Task task(Measure measure, Conversion conversion, long samples) {
    return new Task(
        subject,
        measure,
        load(conversion, samples),
        limitSeconds -> {
          RandomSamples tile = tiles.of(conversion);
          buffers.leaveTo(pool);
          Chunk chunk = buffers.chunk(conversion, samples);
          tile.fill(chunk);
          Tally expected = tile.tally(samples);
          return Repetition.of(() -> seconds(conversion, chunk, tile, expected), limitSeconds);
        });
  }

  /** Whether this is the CPU engine. */
  boolean isCpu() {
    return cpu;
  }

  /**
   * Runs small chunks until Java has compiled nothing for a while, or until {@code limitSeconds}
   * are over. Returns false if the time was over first.
   */
  boolean warmUp(double limitSeconds) throws InterruptedException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
      return true;
    }
    long start = System.nanoTime();
    long quietSince = start;
    long compiledMillis = compiler.getTotalCompilationTime();
    try {
      while (System.nanoTime() - quietSince < QUIET_NANOS) {
        if (System.nanoTime() - start > limitSeconds * 1e9) {
          return false;
        }
        for (Conversion conversion : conversions) {
          Chunk chunk = buffers.chunk(conversion, SMALL_SAMPLES);
          tiles.of(conversion).fill(chunk);
          pool.convertAll(conversion, chunk, Progress.NONE);
        }
        if (compiler.getTotalCompilationTime() != compiledMillis) {
          compiledMillis = compiler.getTotalCompilationTime();
          quietSince = System.nanoTime();
        }
      }
    } catch (EngineFailure | WrongResult e) {
      // The measurements will fail for the same reason, and report it.
    }
    return true;
  }

  private double seconds(Conversion conversion, Chunk chunk, RandomSamples tile, Tally expected)
      throws EngineFailure, WrongResult, InterruptedException {
    RandomSamples.spoil(chunk.target());
    long start = System.nanoTime();
    Outcome outcome = pool.convertAll(conversion, chunk, Progress.NONE);
    double seconds = (System.nanoTime() - start) * 1e-9;
    tile.check(chunk.target(), outcome.tally(), expected);
    return seconds;
  }
}
