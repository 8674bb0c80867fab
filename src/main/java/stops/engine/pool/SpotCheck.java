package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.RawSamples;

/**
 * Checks that a device's results have arrived and are right. The first and the last sample of a
 * chunk are compared with the results of a trusted engine, and so is one sample in every {@value
 * #SPACING_BYTES} bytes of the target, from a random place on.
 *
 * <p>Before the device begins, these samples are set to a NaN that no conversion gives. The check
 * therefore always detects:
 *
 * <ul>
 *   <li>a run of {@value #SPACING_BYTES} or more bytes of the target that was not written, whatever
 *       its content before. Skipped chunks and lost memory pages are such runs; DMA, caches and
 *       page tables work in pages;
 *   <li>a run of that size with wrong samples, such as stale or shifted ones, unless they equal the
 *       right results at all places checked.
 * </ul>
 *
 * <p>A shorter run of {@code b} bytes is detected with a probability of {@code b / SPACING_BYTES}.
 * The places differ from chunk to chunk. This protects engines that work in the host's memory.
 * Engines that transfer samples compare sums of all samples sent and received themselves. The tally
 * is checked as well: it must not count fewer anomalies than the check itself found.
 *
 * <p>The spacing is not a power of two, so that the samples do not compete for the same cache sets.
 */
final class SpotCheck {
  /**
   * The distance of two checked samples in bytes, just below a page of 4096 bytes, so that at least
   * one sample of every page is checked.
   */
  static final long SPACING_BYTES = 4032;

  private static final long UNWRITTEN = -1;

  private final Engine trusted;
  private final Conversion conversion;
  private final Chunk chunk;
  private final long spacing;
  private final long phase;
  private final long places;

  /**
   * A check of one chunk.
   *
   * @param trusted the engine that computes the expected results
   * @param chunk the chunk as lent to the device; source and target do not overlap
   */
  SpotCheck(Engine trusted, Conversion conversion, Chunk chunk) {
    this.trusted = trusted;
    this.conversion = conversion;
    this.chunk = chunk;
    spacing = SPACING_BYTES / conversion.target().bytes();
    phase = ThreadLocalRandom.current().nextLong(spacing);
    long regular = chunk.samples() <= phase ? 0 : (chunk.samples() - phase - 1) / spacing + 1;
    places = chunk.samples() == 0 ? 0 : regular + 2;
  }

  /** Marks the samples to check as unwritten. */
  void mark() {
    for (long place = 0; place < places; place++) {
      RawSamples.put(chunk.target(), conversion.target(), at(place), UNWRITTEN);
    }
  }

  /**
   * Fails if a checked sample is wrong or {@code tally} is impossible.
   *
   * @throws EngineFailure if so; the message names the first wrong sample or the impossible count
   */
  void verify(Tally tally) throws EngineFailure {
    if (tally.channels() != chunk.channels()) {
      throw new EngineFailure(
          String.format(Locale.ROOT, "spot check: a tally of %d channels", tally.channels()));
    }
    SampleType from = conversion.source();
    SampleType to = conversion.target();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(Math.max(1, places * from.bytes()), 64);
      MemorySegment target = arena.allocate(Math.max(1, places * to.bytes()), 64);
      for (long place = 0; place < places; place++) {
        RawSamples.put(source, from, place, RawSamples.get(chunk.source(), from, at(place)));
      }
      Chunk few =
          Chunk.of(
              source.asSlice(0, places * from.bytes()),
              target.asSlice(0, places * to.bytes()),
              places);
      Tally seen = trusted.convert(conversion, few);
      for (long place = 0; place < places; place++) {
        long expected = RawSamples.get(target, to, place);
        long found = RawSamples.get(chunk.target(), to, at(place));
        if (found != expected) {
          throw new EngineFailure(
              String.format(
                  Locale.ROOT,
                  "spot check: sample %d of %d became %s, not %s",
                  at(place),
                  chunk.samples(),
                  hex(found),
                  hex(expected)));
        }
      }
      verifyCounts(tally, seen);
    }
  }

  /**
   * Fails if a count of {@code tally} is impossible. The first and the last sample may have been
   * checked twice, hence the 2.
   */
  private void verifyCounts(Tally tally, Tally seen) throws EngineFailure {
    for (Anomaly anomaly : Anomaly.values()) {
      long count = tally.count(anomaly);
      if (count > chunk.samples() || count < seen.count(anomaly) - 2) {
        throw new EngineFailure(
            String.format(
                Locale.ROOT,
                "spot check: %d of %d samples %s, and at least %d were seen",
                count,
                chunk.samples(),
                anomaly,
                seen.count(anomaly) - 2));
      }
    }
  }

  /**
   * The index of the sample at {@code place}: first the evenly spaced ones, then the first and the
   * last sample of the chunk.
   */
  private long at(long place) {
    if (place == places - 2) {
      return 0;
    }
    return place == places - 1 ? chunk.samples() - 1 : phase + place * spacing;
  }

  private String hex(long bits) {
    long mask =
        conversion.target() == SampleType.FLOAT64
            ? -1
            : (1L << 8 * conversion.target().bytes()) - 1;
    return (bits & mask) == (UNWRITTEN & mask) ? "nothing" : "0x" + Long.toHexString(bits & mask);
  }
}
