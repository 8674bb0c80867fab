package stops.verify;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.engine.pool.EnginePool;
import stops.math.KnownAnswers;

/**
 * Verifies an engine with the samples of {@link KnownAnswers}, for every pairing of sample types.
 * If the engine fails, the certificate says so.
 */
public final class QuickVerification {
  private static final int CHANNELS = 3;

  private QuickVerification() {}

  /** Verifies both maps for every pairing of sample types that {@code engine} supports. */
  static Certificate run(Engine engine) {
    return run(engine, false);
  }

  /**
   * Compares both maps for every pairing of sample types that {@code engine} supports.
   *
   * @param foreign whether the results are those of a device's own functions, which neither clamp
   *     nor count anomalies
   */
  public static Certificate run(Engine engine, boolean foreign) {
    List<MapResult> maps = new ArrayList<>();
    try (EnginePool pool = EnginePool.unchecked(engine)) {
      try {
        for (Direction direction : Direction.MAPS) {
          for (SampleType source : SampleType.values()) {
            for (SampleType target : SampleType.values()) {
              Conversion conversion = Conversion.of(direction, source, target);
              if (engine.supports(conversion)) {
                maps.add(run(pool, conversion, foreign));
              }
            }
          }
        }
      } catch (EngineFailure e) {
        return Certificate.failed(pool, maps, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Certificate(engine.info(), maps, "interrupted");
      }
      return new Certificate(engine.info(), maps, null);
    }
  }

  private static MapResult run(EnginePool pool, Conversion conversion, boolean foreign)
      throws EngineFailure, InterruptedException {
    long start = System.nanoTime();
    long samples = KnownAnswers.SAMPLES;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment source = arena.allocate(samples * conversion.source().bytes(), 64);
      MemorySegment target = arena.allocate(samples * conversion.target().bytes(), 64);
      KnownAnswers answers = new KnownAnswers(conversion);
      answers.write(source);
      Chunk chunk = new Chunk(source, target, samples, CHANNELS, 1);
      Tally tally = pool.convert(conversion, chunk);
      double seconds = (System.nanoTime() - start) * 1e-9;
      Errors errors = new Errors(conversion, foreign);
      errors.check(source, target, samples);
      return new MapResult(
          conversion.direction(),
          conversion.source(),
          conversion.target(),
          samples,
          errors.misrounded(),
          errors.first(),
          errors.largestUlps(),
          !foreign && !answers.tally(chunk).equals(tally),
          null,
          null,
          seconds);
    }
  }
}
