package stops.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Float32 lanes rounded to float16, to nearest even. */
final class HalfLanes {
  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Lanes.COUNT * Short.SIZE));

  private static final int SIGN = 0x8000_0000;
  private static final int FLOAT_INFINITY = 0x7f80_0000;
  private static final int HALF_INFINITY = 0x7c00;
  private static final int HALF_NAN = 0x7e00;
  private static final int DROPPED = 13;

  /** 2^-14, the least normal float16. */
  private static final int LEAST_NORMAL = (127 - 14) << 23;

  /** An exponent's bias in float32, less that in float16. */
  private static final int REBIAS = (127 - 15) << 23;

  /** One of its ULPs is the least float16, 2^-24: adding it rounds to a multiple of that. */
  private static final float SUBNORMAL_ROUNDER = 0.5f;

  private HalfLanes() {}

  /** Stores {@code floats} as float16, {@code atBytes} into {@code target}. */
  static void store(FloatVector floats, MemorySegment target, long atBytes) {
    shorts(floats).intoMemorySegment(target, atBytes, Lanes.ORDER);
  }

  /** Stores those {@code floats} that {@code lanes} selects. */
  static void store(
      FloatVector floats, MemorySegment target, long atBytes, VectorMask<Integer> lanes) {
    shorts(floats).intoMemorySegment(target, atBytes, Lanes.ORDER, lanes.cast(SHORTS));
  }

  private static ShortVector shorts(FloatVector floats) {
    IntVector bits = floats.reinterpretAsInts();
    IntVector magnitude = bits.and(~SIGN);
    IntVector sign = bits.lanewise(VectorOperators.LSHR, 16).and(0x8000);
    IntVector odd = magnitude.lanewise(VectorOperators.LSHR, DROPPED).and(1);
    IntVector normal =
        magnitude
            .add((1 << (DROPPED - 1)) - 1 - REBIAS)
            .add(odd)
            .lanewise(VectorOperators.LSHR, DROPPED);
    IntVector subnormal =
        magnitude
            .reinterpretAsFloats()
            .add(SUBNORMAL_ROUNDER)
            .reinterpretAsInts()
            .sub(Float.floatToRawIntBits(SUBNORMAL_ROUNDER));
    IntVector half =
        normal
            .blend(HALF_INFINITY, normal.compare(VectorOperators.GT, HALF_INFINITY))
            .blend(subnormal, magnitude.compare(VectorOperators.LT, LEAST_NORMAL))
            .blend(HALF_NAN, magnitude.compare(VectorOperators.GT, FLOAT_INFINITY))
            .or(sign);
    return (ShortVector) half.convertShape(VectorOperators.I2S, SHORTS, 0);
  }
}
