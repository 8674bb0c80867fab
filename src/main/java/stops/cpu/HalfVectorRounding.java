package stops.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Rounds vectors of float32 results once more, to float16, to nearest even. */
final class HalfVectorRounding {
  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(VectorWidth.COUNT * Short.SIZE));

  private static final int SIGN = 0x8000_0000;
  private static final int FLOAT_INFINITY = 0x7f80_0000;
  private static final int HALF_INFINITY = 0x7c00;
  private static final int HALF_NAN = 0x7e00;

  /** Number of significand bits that float32 has beyond those of float16. */
  private static final int EXTRA_BITS = 13;

  /** 2^-14, the least normal float16. */
  private static final int LEAST_NORMAL = (127 - 14) << 23;

  /** Exponent bias of float32 minus that of float16, in the exponent's place. */
  private static final int REBIAS = (127 - 15) << 23;

  /** Adding this rounds to a multiple of its ULP, 2^-24, which is the least float16. */
  private static final float ROUNDER = 0.5f;

  private static final float HALF_LEAST = 0x1p-25f;

  private HalfVectorRounding() {}

  /** Rounds a vector. */
  private static ShortVector round(FloatVector floats) {
    IntVector bits = floats.reinterpretAsInts();
    IntVector sign = bits.lanewise(VectorOperators.LSHR, 16).and(0x8000);
    IntVector magnitude = bits.and(~SIGN);
    IntVector odd = magnitude.lanewise(VectorOperators.LSHR, EXTRA_BITS).and(1);
    IntVector half =
        magnitude
            .add((1 << (EXTRA_BITS - 1)) - 1 - REBIAS)
            .add(odd)
            .lanewise(VectorOperators.LSHR, EXTRA_BITS);
    IntVector subnormal =
        magnitude
            .reinterpretAsFloats()
            .add(ROUNDER)
            .reinterpretAsInts()
            .sub(Float.floatToRawIntBits(ROUNDER));
    half =
        half.blend(HALF_INFINITY, half.compare(VectorOperators.GT, HALF_INFINITY))
            .blend(HALF_NAN, magnitude.compare(VectorOperators.GT, FLOAT_INFINITY))
            .blend(subnormal, magnitude.compare(VectorOperators.LT, LEAST_NORMAL))
            .or(sign);
    return (ShortVector) half.convertShape(VectorOperators.I2S, SHORTS, 0);
  }

  /** The lanes of {@code floats} that lie halfway between two float16 numbers. */
  private static VectorMask<Integer> ties(FloatVector floats) {
    IntVector bits = floats.reinterpretAsInts();
    FloatVector magnitude = floats.abs();
    VectorMask<Float> subnormalTie =
        magnitude
            .add(ROUNDER)
            .sub(ROUNDER)
            .sub(magnitude)
            .abs()
            .compare(VectorOperators.EQ, HALF_LEAST);
    VectorMask<Integer> subnormal =
        magnitude.reinterpretAsInts().compare(VectorOperators.LT, LEAST_NORMAL);
    return bits.and((1 << EXTRA_BITS) - 1)
        .compare(VectorOperators.EQ, 1 << (EXTRA_BITS - 1))
        .or(subnormalTie.cast(VectorWidth.INTS).and(subnormal));
  }

  /**
   * Rounds a block, and notes the vectors with a tie: a number halfway between two float16 numbers.
   * The tie may come from rounding to float32; rounding it again may then go the wrong way.
   *
   * @param floats native, a whole number of vectors
   * @param halves native, as many samples
   * @param ties receives the index of the first sample of each vector with a tie
   * @param tieLanes receives the lanes of each of them that have a tie, a bit each
   * @return number of vectors with a tie
   */
  static int round(MemorySegment floats, MemorySegment halves, int[] ties, int[] tieLanes) {
    int samples = (int) (floats.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(floats);
    MemorySegment target = VectorWidth.nativeSegment(halves);
    int count = 0;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      round(x).intoMemorySegment(target, 2L * i, VectorWidth.ORDER);
      ties[count] = i;
      int lanes = (int) ties(x).toLong();
      tieLanes[count] = lanes;
      count += -lanes >>> 31;
    }
    return count;
  }

  /**
   * Rounds the ties of {@code floats} again, from {@code exact}.
   *
   * @param exact the results rounded to odd, at least in the vectors with a tie
   */
  static void roundAgain(
      MemorySegment floats,
      MemorySegment exact,
      MemorySegment halves,
      int[] ties,
      int[] tieLanes,
      int count) {
    MemorySegment source = VectorWidth.nativeSegment(floats);
    MemorySegment exactSource = VectorWidth.nativeSegment(exact);
    MemorySegment target = VectorWidth.nativeSegment(halves);
    for (int i = 0; i < count; i++) {
      long at = (long) Float.BYTES * ties[i];
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, at, VectorWidth.ORDER);
      FloatVector y =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, exactSource, at, VectorWidth.ORDER);
      round(x.blend(y, VectorMask.fromLong(VectorWidth.FLOATS, tieLanes[i])))
          .intoMemorySegment(target, at / 2, VectorWidth.ORDER);
    }
  }
}
