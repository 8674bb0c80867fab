package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * Looks whether a device's results have arrived and are right: the first and the last sample of a
 * chunk, and one in every {@value #SPACING_BYTES} bytes of the target from a random place on, are
 * compared with what a trusted engine makes of the same samples of the source.
 *
 * <p>Before the device begins, these samples are set to a NaN that no conversion gives. So what is
 * noticed for certain is:
 *
 * <ul>
 *   <li>a run of {@value #SPACING_BYTES} or more bytes of the target that was not written, whatever
 *       was there before: a chunk skipped, or torn at memory pages, which is what copies by DMA,
 *       caches and page tables come in;
 *   <li>such a run that holds other samples, stale or shifted, unless they are equal to the right
 *       ones wherever it looks.
 * </ul>
 *
 * A shorter run of {@code b} bytes is noticed with a probability of {@code b / SPACING_BYTES}, and
 * in the next chunk the places are others. That is for engines that work in the host's own memory:
 * those that transfer samples compare what arrives with what was sent, sample by sample, and fail
 * themselves. The counts must be possible, too: no fewer of a kind than were seen.
 *
 * <p>The spacing is not a power of two, so that the samples do not compete for the same cache sets.
 */
final class SpotCheck {
  /** Just below a page: whatever a whole page holds, one sample of it is looked at. */
  static final long SPACING_BYTES = 4032;

  private static final long UNWRITTEN = -1;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Engine trusted;
  private final Conversion conversion;
  private final Chunk chunk;
  private final long spacing;
  private final long phase;
  private final long places;

  /**
   * A check of one chunk.
   *
   * @param trusted what knows the right results
   * @param chunk the chunk as the device gets it; source and target are not the same memory
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

  /** Marks the samples that will be looked at as unwritten. */
  void mark() {
    for (long place = 0; place < places; place++) {
      put(chunk.target(), conversion.target(), at(place), UNWRITTEN);
    }
  }

  /**
   * Fails if a sample is not what it must be, or {@code tally} cannot be.
   *
   * @throws EngineFailure with the first wrong sample
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
        put(source, from, place, get(chunk.source(), from, at(place)));
      }
      Chunk few =
          Chunk.of(
              source.asSlice(0, places * from.bytes()),
              target.asSlice(0, places * to.bytes()),
              places);
      Tally seen = trusted.convert(conversion, few);
      for (long place = 0; place < places; place++) {
        long expected = get(target, to, place);
        long found = get(chunk.target(), to, at(place));
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

  /** The first and the last sample may be among the regular ones, hence the 2. */
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

  /** The sample at {@code place}: the regular ones, then the first and the last one. */
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

  private static long get(MemorySegment samples, SampleType type, long index) {
    return switch (type) {
      case FLOAT16 -> samples.get(SHORT, index * Short.BYTES);
      case FLOAT32 -> samples.get(INT, index * Integer.BYTES);
      case FLOAT64 -> samples.get(LONG, index * Long.BYTES);
    };
  }

  private static void put(MemorySegment samples, SampleType type, long index, long bits) {
    switch (type) {
      case FLOAT16 -> samples.set(SHORT, index * Short.BYTES, (short) bits);
      case FLOAT32 -> samples.set(INT, index * Integer.BYTES, (int) bits);
      case FLOAT64 -> samples.set(LONG, index * Long.BYTES, bits);
    }
  }
}
