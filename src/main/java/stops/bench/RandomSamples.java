package stops.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.SplittableRandom;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Definition;
import stops.math.SampleBits;

/**
 * Random samples and their expected results. A tile of {@value #TILE_SAMPLES} samples is repeated,
 * so that every result of any number of samples can be checked. One sample in about 50,000 is an
 * anomaly, as in pictures with holes.
 *
 * <p>The expected results are those of the CPU engine. They are compared with the definition at
 * {@value #PLACES} places.
 */
final class RandomSamples {
  /** Samples of a tile. It is a prime, so that results at the wrong place are noticed. */
  static final int TILE_SAMPLES = 1_048_583;

  private static final int ODD_SPACING = 50_021;
  private static final int PLACES = 4096;
  private static final double[] ODD = {
    0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Conversion conversion;
  private final Engine trusted;
  private final MemorySegment source;
  private final MemorySegment target;
  private final Tally tileTally;

  /**
   * Makes a tile.
   *
   * @param trusted an engine on the CPU, whose results are expected
   */
  RandomSamples(Conversion conversion, Engine trusted) throws EngineFailure, WrongResult {
    this.conversion = conversion;
    this.trusted = trusted;
    Arena arena = Arena.ofAuto();
    source = arena.allocate((long) TILE_SAMPLES * conversion.source().bytes(), 4096);
    target = arena.allocate((long) TILE_SAMPLES * conversion.target().bytes(), 4096);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TILE_SAMPLES; i++) {
      put(i, i % ODD_SPACING == 17 ? ODD[i / ODD_SPACING % ODD.length] : light(random));
    }
    tileTally = trusted.convert(conversion, Chunk.of(source, target, TILE_SAMPLES));
    checkTile(random);
  }

  /** A random intensity, evenly spread over −14 to 14 stops, or a random exposure. */
  private double light(SplittableRandom random) {
    return conversion.direction() == Direction.TO_EXPOSURE
        ? Math.scalb(1 + random.nextDouble(), random.nextInt(-14, 14))
        : random.nextDouble(-13, 14);
  }

  private void put(int index, double value) {
    switch (conversion.source()) {
      case FLOAT16 -> source.set(SHORT, index * 2L, Float.floatToFloat16((float) value));
      case FLOAT32 -> source.set(INT, index * 4L, Float.floatToRawIntBits((float) value));
      case FLOAT64 -> source.set(LONG, index * 8L, Double.doubleToRawLongBits(value));
    }
  }

  private void checkTile(SplittableRandom random) throws WrongResult {
    Definition definition = new Definition(conversion);
    for (int place = 0; place < PLACES; place++) {
      int index = place < ODD.length ? 17 + place * ODD_SPACING : random.nextInt(TILE_SAMPLES);
      double sample =
          SampleBits.value(conversion.source(), bits(source, conversion.source(), index));
      long expected = definition.convert(sample);
      long found = bits(target, conversion.target(), index);
      if (found != expected) {
        throw new WrongResult(
            String.format(
                Locale.ROOT,
                "the CPU engine made %s of %s, not %s",
                Double.toHexString(SampleBits.value(conversion.target(), found)),
                Double.toHexString(sample),
                Double.toHexString(SampleBits.value(conversion.target(), expected))));
      }
    }
  }

  private static long bits(MemorySegment samples, SampleType type, long index) {
    return switch (type) {
      case FLOAT16 -> Short.toUnsignedLong(samples.get(SHORT, index * 2));
      case FLOAT32 -> Integer.toUnsignedLong(samples.get(INT, index * 4));
      case FLOAT64 -> samples.get(LONG, index * 8);
    };
  }

  /** Fills {@code chunk}'s source with tiles. */
  void fill(Chunk chunk) {
    long bytes = chunk.source().byteSize();
    for (long at = 0; at < bytes; at += source.byteSize()) {
      MemorySegment.copy(source, 0, chunk.source(), at, Math.min(source.byteSize(), bytes - at));
    }
  }

  /** The expected counts of {@code samples} samples. */
  Tally tally(long samples) throws EngineFailure {
    Tally tally = new Tally(1);
    long tiles = samples / TILE_SAMPLES;
    for (long tile = 0; tile < tiles; tile++) {
      tally.add(tileTally, tile * TILE_SAMPLES);
    }
    long rest = samples % TILE_SAMPLES;
    if (rest > 0) {
      MemorySegment scratch = Arena.ofAuto().allocate(rest * conversion.target().bytes(), 64);
      Chunk chunk = Chunk.of(source.asSlice(0, rest * conversion.source().bytes()), scratch, rest);
      tally.add(trusted.convert(conversion, chunk), tiles * TILE_SAMPLES);
    }
    return tally;
  }

  /** Fills a target with bits that no conversion gives, so that missing results are noticed. */
  static void spoil(MemorySegment target) {
    target.fill((byte) -1);
  }

  /** Compares every result and the counts with the expected ones. */
  void check(MemorySegment results, Tally found, Tally expected) throws WrongResult {
    if (!found.equals(expected)) {
      throw new WrongResult(
          String.format(
              Locale.ROOT, "wrong count of unusual samples: %s, not %s", found, expected));
    }
    long bytes = results.byteSize();
    for (long at = 0; at < bytes; at += target.byteSize()) {
      long end = Math.min(at + target.byteSize(), bytes);
      long wrong = MemorySegment.mismatch(results, at, end, target, 0, end - at);
      if (wrong >= 0) {
        long index = wrong / conversion.target().bytes();
        throw new WrongResult(
            String.format(
                Locale.ROOT,
                "wrong result: sample %d, %s, became %s, not %s",
                (at / conversion.target().bytes()) + index,
                hex(source, conversion.source(), index),
                hex(results.asSlice(at), conversion.target(), index),
                hex(target, conversion.target(), index)));
      }
    }
  }

  private static String hex(MemorySegment samples, SampleType type, long index) {
    return Double.toHexString(SampleBits.value(type, bits(samples, type, index)));
  }
}
