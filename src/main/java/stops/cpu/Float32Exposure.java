package stops.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Anomaly;
import stops.engine.Conversion;

/** Float32 intensity to exposure in float32 or float16, without gain. Immutable. */
final class Float32Exposure implements Float32Loop {
  private static final int INFINITY = 0x7f80_0000;
  private static final int NEGATIVE = 0x8000_0000;
  private static final int NAN = 0x7fc0_0000;
  private static final int CLAMPED = Float.floatToRawIntBits(-1073);

  private final boolean half;
  private final int undefined;

  Float32Exposure(Conversion conversion) {
    half = Float32Loop.toHalf(conversion);
    undefined = Float.floatToRawIntBits((float) conversion.zero().exposure());
  }

  @Override
  public void convert(
      MemorySegment source,
      long sourceAt,
      MemorySegment target,
      long targetAt,
      int samples,
      LaneTally tally) {
    int i = 0;
    for (; i <= samples - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(Lanes.FLOATS, source, sourceAt + 4L * i, Lanes.ORDER);
      FloatVector y = log2(x);
      VectorMask<Integer> special = special(x);
      if (special.anyTrue()) {
        y = convertSpecial(x, y, special, i / Lanes.COUNT, tally);
      }
      if (half) {
        HalfLanes.store(y, target, targetAt + 2L * i);
      } else {
        y.intoMemorySegment(target, targetAt + 4L * i, Lanes.ORDER);
      }
    }
    if (i < samples) {
      VectorMask<Integer> rest = Lanes.INTS.indexInRange(i, samples);
      VectorMask<Float> floats = rest.cast(Lanes.FLOATS);
      FloatVector x =
          FloatVector.fromMemorySegment(
              Lanes.FLOATS, source, sourceAt + 4L * i, Lanes.ORDER, floats);
      FloatVector y = convertSpecial(x, log2(x), special(x).and(rest), i / Lanes.COUNT, tally);
      if (half) {
        HalfLanes.store(y, target, targetAt + 2L * i, rest);
      } else {
        y.intoMemorySegment(target, targetAt + 4L * i, Lanes.ORDER, floats);
      }
    }
  }

  private FloatVector log2(FloatVector x) {
    return half
        ? Lanes.oddFloats(Log2Lanes.log2(Lanes.doubles(x, 0)), Log2Lanes.log2(Lanes.doubles(x, 1)))
        : Lanes.floats(Log2Lanes.log2(Lanes.doubles(x, 0)), Log2Lanes.log2(Lanes.doubles(x, 1)));
  }

  /** Where {@code x} is not a finite number above 0. */
  private static VectorMask<Integer> special(FloatVector x) {
    return x.reinterpretAsInts().sub(1).compare(VectorOperators.UGE, INFINITY - 1);
  }

  private FloatVector convertSpecial(
      FloatVector x, FloatVector y, VectorMask<Integer> special, int vector, LaneTally tally) {
    IntVector bits = x.reinterpretAsInts();
    VectorMask<Integer> zero = bits.and(~NEGATIVE).compare(VectorOperators.EQ, 0, special);
    VectorMask<Integer> nan = bits.and(~NEGATIVE).compare(VectorOperators.GT, INFINITY, special);
    VectorMask<Integer> infinite = bits.compare(VectorOperators.EQ, INFINITY, special);
    VectorMask<Integer> clamped = special.andNot(zero.or(nan).or(infinite));
    tally.add(Anomaly.UNDEFINED, vector, zero);
    tally.add(Anomaly.NAN, vector, nan);
    tally.add(Anomaly.INFINITE, vector, infinite);
    tally.add(Anomaly.CLAMPED, vector, clamped);
    return y.reinterpretAsInts()
        .blend(undefined, zero)
        .blend(NAN, nan)
        .blend(INFINITY, infinite)
        .blend(CLAMPED, clamped)
        .reinterpretAsFloats();
  }
}
