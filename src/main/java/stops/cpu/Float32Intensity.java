package stops.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Anomaly;
import stops.engine.Conversion;

/** Float32 exposure to intensity in float32 or float16, without gain. Immutable. */
final class Float32Intensity implements Float32Loop {
  /** From here down the intensity rounds to 0. */
  private static final float FLOAT_UNDERFLOW = -150;

  private static final float HALF_UNDERFLOW = -25;

  /** From here up the intensity rounds to infinity. */
  private static final float FLOAT_OVERFLOW = 128;

  private static final float HALF_OVERFLOW = 0x1.fffd1ep3f;

  private final boolean half;
  private final float underflow;
  private final float overflow;

  Float32Intensity(Conversion conversion) {
    half = Float32Loop.toHalf(conversion);
    underflow = half ? HALF_UNDERFLOW : FLOAT_UNDERFLOW;
    overflow = half ? HALF_OVERFLOW : FLOAT_OVERFLOW;
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
      FloatVector y = exp2(x);
      VectorMask<Float> special = special(x);
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
      VectorMask<Float> rest = Lanes.FLOATS.indexInRange(i, samples);
      FloatVector x =
          FloatVector.fromMemorySegment(Lanes.FLOATS, source, sourceAt + 4L * i, Lanes.ORDER, rest);
      FloatVector y = convertSpecial(x, exp2(x), special(x).and(rest), i / Lanes.COUNT, tally);
      if (half) {
        HalfLanes.store(y, target, targetAt + 2L * i, rest.cast(Lanes.INTS));
      } else {
        y.intoMemorySegment(target, targetAt + 4L * i, Lanes.ORDER, rest);
      }
    }
  }

  private FloatVector exp2(FloatVector x) {
    return half
        ? Lanes.oddFloats(Exp2Lanes.exp2(Lanes.doubles(x, 0)), Exp2Lanes.exp2(Lanes.doubles(x, 1)))
        : Lanes.floats(Exp2Lanes.exp2(Lanes.doubles(x, 0)), Exp2Lanes.exp2(Lanes.doubles(x, 1)));
  }

  /** Where {@code x} is NaN, or its intensity rounds to 0 or infinity. */
  private VectorMask<Float> special(FloatVector x) {
    return x.compare(VectorOperators.GT, underflow)
        .and(x.compare(VectorOperators.LT, overflow))
        .not();
  }

  private FloatVector convertSpecial(
      FloatVector x, FloatVector y, VectorMask<Float> special, int vector, LaneTally tally) {
    VectorMask<Float> low = x.compare(VectorOperators.LE, underflow, special);
    VectorMask<Float> high = x.compare(VectorOperators.GE, overflow, special);
    VectorMask<Float> nan = special.andNot(low.or(high));
    VectorMask<Float> infinite =
        x.abs().compare(VectorOperators.EQ, Float.POSITIVE_INFINITY, special);
    tally.add(Anomaly.UNDERFLOW, vector, low.andNot(infinite).cast(Lanes.INTS));
    tally.add(Anomaly.OVERFLOW, vector, high.andNot(infinite).cast(Lanes.INTS));
    tally.add(Anomaly.NAN, vector, nan.cast(Lanes.INTS));
    tally.add(Anomaly.INFINITE, vector, infinite.cast(Lanes.INTS));
    return y.blend(0, low).blend(Float.POSITIVE_INFINITY, high).blend(Float.NaN, nan);
  }
}
