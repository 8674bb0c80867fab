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
import stops.math.KnownAnswers;

/**
 * Compares what an engine makes of the known answers with the definition, for every pairing. An
 * engine that fails has a certificate that says so.
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
   * @param foreign whether the results are a device's own functions', which clamp and count nothing
   */
  public static Certificate run(Engine engine, boolean foreign) {
    List<MapResult> maps = new ArrayList<>();
    try {
      for (Direction direction : Direction.values()) {
        for (SampleType source : SampleType.values()) {
          for (SampleType target : SampleType.values()) {
            Conversion conversion = Conversion.of(direction, source, target);
            if (engine.supports(conversion)) {
              maps.add(run(engine, conversion, foreign));
            }
          }
        }
      }
      return new Certificate(engine.info(), maps, null);
    } catch (EngineFailure e) {
      return new Certificate(engine.info(), maps, String.valueOf(e.getMessage()));
    }
  }

  private static MapResult run(Engine engine, Conversion conversion, boolean foreign)
      throws EngineFailure {
    long start = System.nanoTime();
    long samples = KnownAnswers.SAMPLES;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment source = arena.allocate(samples * conversion.source().bytes(), 64);
      MemorySegment target = arena.allocate(samples * conversion.target().bytes(), 64);
      KnownAnswers answers = new KnownAnswers(conversion);
      answers.write(source);
      Chunk chunk = new Chunk(source, target, samples, CHANNELS, 1);
      Tally tally = engine.convert(conversion, chunk);
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
