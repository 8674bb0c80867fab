package stops.engine;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import stops.math.HardCases;
import stops.math.SampleBits;

/** Bit patterns of samples for tests. They are the same in every run. */
final class Samples {
  private Samples() {}

  /** All 65,536 bit patterns of float16. */
  static long[] everyHalf() {
    return LongStream.range(0, 0x10000).toArray();
  }

  /** Random bit patterns: all kinds of numbers, most of them far from 1. */
  static long[] randomBits(SampleType type, int count) {
    SplittableRandom random = new SplittableRandom(count);
    long mask = type == SampleType.FLOAT64 ? -1 : (1L << (8 * type.bytes())) - 1;
    return random.longs(count).map(bits -> bits & mask).toArray();
  }

  /**
   * Samples whose result is finite and not 0 in the target type. With a gain, this holds for most
   * of them.
   */
  static long[] ordinary(Conversion conversion, int count) {
    SplittableRandom random = new SplittableRandom(count);
    DoubleStream values;
    if (conversion.direction() == Direction.TO_EXPOSURE) {
      int range =
          switch (conversion.source()) {
            case FLOAT16 -> 14;
            case FLOAT32 -> 126;
            case FLOAT64 -> 1022;
          };
      values =
          random
              .doubles(count, 1, 2)
              .map(x ->
                  random.nextInt(8) == 0
                      ? 1 + (x - 1.5) * Math.scalb(1.0, -random.nextInt(20))
                      : Math.scalb(x, random.nextInt(-range, range)));
    } else {
      int range =
          switch (conversion.target()) {
            case FLOAT16 -> 14;
            case FLOAT32 -> 126;
            case FLOAT64 -> 1022;
          };
      values = random.doubles(count, -range, range).map(x -> x - conversion.gainStops());
    }
    return values.mapToLong(value -> bits(conversion.source(), value)).toArray();
  }

  /** Zeros, subnormals, infinities, NaNs, limits, whole numbers and all hard cases, both signs. */
  static long[] special(Direction direction, SampleType type) {
    long infinity = SampleBits.infinity(type);
    long sign = SampleBits.sign(type);
    long leastNormal = Long.lowestOneBit(infinity);
    long one = infinity / 2 & -leastNormal;
    LongStream edges =
        LongStream.of(0, leastNormal, one, infinity)
            .flatMap(bits -> LongStream.rangeClosed(Math.max(0, bits - 4), bits + 4));
    LongStream nans = LongStream.of(SampleBits.canonicalNaN(type), sign - 1, sign - 2);
    LongStream powers = LongStream.range(0, infinity / leastNormal).map(i -> i * leastNormal);
    LongStream whole =
        LongStream.range(0, 2200)
            .map(i -> direction == Direction.TO_INTENSITY ? bits(type, (double) i) : i);
    LongStream hard = LongStream.of(HardCases.of(direction, type));
    return Stream.of(edges, nans, powers, whole, hard)
        .flatMapToLong(stream -> stream)
        .flatMap(bits -> LongStream.of(bits, bits | sign))
        .toArray();
  }

  /**
   * Samples of all sizes, some whose sum with the stops is close to 0, and some halfway between two
   * numbers of a narrower type, of which a tiny summand decides.
   */
  static long[] adjusted(Conversion conversion) {
    SampleType type = conversion.source();
    long[] samples = type == SampleType.FLOAT16 ? everyHalf() : randomBits(type, 30_000);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2000 && type != SampleType.FLOAT16; i++) {
      double near = -conversion.gainStops() * (i % 2 == 0 ? 1 : random.nextDouble(0.3, 3));
      samples[i] = bits(type, near) + random.nextInt(-3, 4);
    }
    for (int i = 2000; i < 4000 && type != SampleType.FLOAT16; i++) {
      samples[i] = bits(type, i % 40 == 0 ? -0.0 : Math.scalb(random.nextDouble(1, 2), i % 20));
    }
    for (int i = 4000; i < 4100 && type != SampleType.FLOAT16; i++) {
      double tie = 1 + i % 50 * 0x1p-10 + 0x1p-11;
      double finer = 1 + i % 50 * 0x1p-23 + 0x1p-24;
      samples[i] = bits(type, i < 4050 ? tie : finer);
    }
    return samples;
  }

  private static long bits(SampleType type, double value) {
    return switch (type) {
      case FLOAT16 -> Float.floatToFloat16((float) value) & 0xffffL;
      case FLOAT32 -> Float.floatToRawIntBits((float) value) & 0xffff_ffffL;
      case FLOAT64 -> Double.doubleToRawLongBits(value);
    };
  }
}
