package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Anomaly;
import stops.engine.Conversion;

/**
 * Converts blocks of float32 intensities to exposures.
 *
 * <p>The fast pass: let {@code x = 2^k * z}, {@code z} in one octave around 1. Let {@code c} be
 * close to {@code 1/z}, from a table, and {@code r = z*c - 1}, which is exact; {@code |r| < 2^-5}.
 * Then {@code log2(x) = k + H + l + r*(A + a) + r^3*Q(r)}. {@code H + l} is {@code -log2(c)}, and
 * {@code H} is short enough for {@code k + H} to be exact. {@code A + a} is {@code (1 - r/2)/ln 2},
 * and {@code A} is that rounded. The rounding error of {@code k + H + r*A} is computed and added.
 *
 * <p>The relative error of the sum, before it is rounded, is below 2^-34.3 for every normal {@code
 * x}. Adding the bound to the small terms may cost 2^-35.5 more. Constants come from {@code
 * src/main/sollya/log2fast.sollya}; the bound is tested with all float32.
 */
final class Float32Exposure extends VectorBlockConverter {
  private static final int INFINITY = 0x7f80_0000;
  private static final float CLAMPED = -1073;

  /** Mask of the sign and the exponent. The five bits below number the 32 parts of the octave. */
  private static final int EXPONENT = 0xff80_0000;

  /**
   * Added to {@code k}, which makes it non-negative in the range of the fast pass. One unsigned
   * comparison then finds the samples outside. The tables compensate for it.
   */
  private static final int BIAS = 125;

  /**
   * Bit pattern of the least sample of the fast pass, half a part of an octave below 2^-125. The
   * parts of every octave are counted from here.
   */
  private static final int ORIGIN = (127 - BIAS << 23) - (1 << 17);

  private static final float INV_LN2 = 0x1.715476p0f;

  /** Relative error of {@link #INV_LN2}: {@code 1/ln 2 = INV_LN2 * (1 + INV_LN2_REST)}. */
  private static final float INV_LN2_REST = 0x1.cab1b8p-27f;

  private static final float Q0 = 0x1.ec709cp-2f;
  private static final float Q1 = -0x1.7154a6p-2f;
  private static final float Q2 = 0x1.27a346p-2f;
  private static final float Q3 = -0x1.e8ab0ap-3f;

  /** Bound of the fast pass's relative error, before rounding. */
  private static final float ERROR = 0x1.4p-34f;

  private static final int[] RECIPROCALS = Log2FastTable.reciprocals();
  private static final int[] LOGARITHMS = Log2FastTable.logarithms();
  private static final int[] RESTS = Log2FastTable.rests();

  static {
    for (int j = 0; j < RECIPROCALS.length; j++) {
      RECIPROCALS[j] += BIAS << 23;
      LOGARITHMS[j] = Float.floatToRawIntBits(Float.intBitsToFloat(LOGARITHMS[j]) - BIAS);
    }
  }

  private final float undefined;

  Float32Exposure(Conversion conversion, int blockSamples, Arena arena) {
    super(blockSamples, arena);
    undefined = (float) conversion.zero().exposure();
  }

  @Override
  void convertFast(MemorySegment anySource, MemorySegment anyTarget, UnfinishedVectors unfinished) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    int[] entries = unfinished.entries;
    IntVector reciprocals1 = VectorWidth.part(RECIPROCALS, 0);
    IntVector reciprocals2 = VectorWidth.part(RECIPROCALS, 1);
    IntVector reciprocals3 = VectorWidth.part(RECIPROCALS, 2);
    IntVector reciprocals4 = VectorWidth.part(RECIPROCALS, 3);
    IntVector logarithms1 = VectorWidth.part(LOGARITHMS, 0);
    IntVector logarithms2 = VectorWidth.part(LOGARITHMS, 1);
    IntVector logarithms3 = VectorWidth.part(LOGARITHMS, 2);
    IntVector logarithms4 = VectorWidth.part(LOGARITHMS, 3);
    IntVector rests1 = VectorWidth.part(RESTS, 0);
    IntVector rests2 = VectorWidth.part(RESTS, 1);
    IntVector rests3 = VectorWidth.part(RESTS, 2);
    IntVector rests4 = VectorWidth.part(RESTS, 3);
    IntVector limit = IntVector.broadcast(VectorWidth.INTS, INFINITY - ORIGIN);
    IntVector origin = IntVector.broadcast(VectorWidth.INTS, ORIGIN);
    IntVector exponents = IntVector.broadcast(VectorWidth.INTS, EXPONENT);
    FloatVector perExponent = VectorWidth.floats(0x1p-23f);
    FloatVector minusOne = VectorWidth.floats(-1);
    FloatVector slope = VectorWidth.floats(INV_LN2);
    FloatVector curve = VectorWidth.floats(-INV_LN2 / 2);
    FloatVector slopeRest = VectorWidth.floats(INV_LN2_REST);
    FloatVector q0 = VectorWidth.floats(Q0);
    FloatVector q1 = VectorWidth.floats(Q1);
    FloatVector q2 = VectorWidth.floats(Q2);
    FloatVector q3 = VectorWidth.floats(Q3);
    FloatVector error = VectorWidth.floats(ERROR);
    FloatVector minusError = VectorWidth.floats(-ERROR);
    int count = 0;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      IntVector x =
          IntVector.fromMemorySegment(VectorWidth.INTS, source, 4L * i, VectorWidth.ORDER);
      IntVector distance = x.sub(origin);
      IntVector j = distance.lanewise(VectorOperators.LSHR, 18);
      IntVector exponent = distance.and(exponents);
      FloatVector z = x.sub(exponent).reinterpretAsFloats();
      FloatVector c =
          VectorWidth.lookUp(reciprocals1, reciprocals2, reciprocals3, reciprocals4, j)
              .reinterpretAsFloats();
      FloatVector logarithm =
          VectorWidth.lookUp(logarithms1, logarithms2, logarithms3, logarithms4, j)
              .reinterpretAsFloats();
      FloatVector rest =
          VectorWidth.lookUp(rests1, rests2, rests3, rests4, j).reinterpretAsFloats();
      FloatVector r = z.fma(c, minusOne);
      FloatVector whole =
          ((FloatVector) exponent.convert(VectorOperators.I2F, 0)).fma(perExponent, logarithm);
      FloatVector a = r.fma(curve, slope);
      FloatVector aRest = a.fma(slopeRest, r.fma(curve, slope.sub(a)));
      FloatVector square = r.mul(r);
      FloatVector q = q3.fma(r, q2).fma(square, q1.fma(r, q0));
      FloatVector sum = r.fma(a, whole);
      FloatVector sumRest = r.fma(a, whole.sub(sum));
      FloatVector low = r.fma(square.fma(q, aRest), sumRest.add(rest));
      FloatVector result = sum.add(sum.fma(error, low));
      VectorMask<Float> right =
          result.compare(
              VectorOperators.EQ,
              sum.add(sum.fma(minusError, low)),
              distance.compare(VectorOperators.ULT, limit).cast(VectorWidth.FLOATS));
      x.reinterpretAsFloats()
          .blend(result, right)
          .intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      long lanes = right.toLong();
      entries[count] = i << 16 | (int) lanes;
      count += (int) ((lanes - VectorWidth.ALL) >>> 63);
    }
    unfinished.count = count;
  }

  @Override
  void classify(MemorySegment anySource, UnfinishedVectors unfinished) {
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    for (int i = 0; i < unfinished.count; i++) {
      long at = (long) Float.BYTES * (unfinished.entries[i] >>> 16);
      IntVector x = IntVector.fromMemorySegment(VectorWidth.INTS, source, at, VectorWidth.ORDER);
      unfinished.classify(i, (int) x.sub(1).compare(VectorOperators.UGE, INFINITY - 1).toLong());
    }
  }

  @Override
  void convertExactly(
      MemorySegment source, MemorySegment target, int[] positions, int count, Rounding rounding) {
    Log2NarrowVectors.convert(source, target, positions, count, rounding);
  }

  @Override
  void convertSpecial(
      MemorySegment anySource, MemorySegment anyTarget, UnfinishedVectors unfinished) {
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    int[] undefinedLanes = unfinished.anomalies[Anomaly.UNDEFINED.ordinal()];
    int[] clampedLanes = unfinished.anomalies[Anomaly.CLAMPED.ordinal()];
    int[] infiniteLanes = unfinished.anomalies[Anomaly.INFINITE.ordinal()];
    int[] nanLanes = unfinished.anomalies[Anomaly.NAN.ordinal()];
    int[] positions = unfinished.special;
    for (int i = 0; i < unfinished.specialCount; i++) {
      long at = (long) Float.BYTES * positions[i];
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, at, VectorWidth.ORDER);
      VectorMask<Float> special =
          VectorMask.fromLong(VectorWidth.FLOATS, unfinished.specialLanes[i]);
      VectorMask<Float> zero = x.compare(VectorOperators.EQ, 0).and(special);
      VectorMask<Float> negative = x.compare(VectorOperators.LT, 0).and(special);
      VectorMask<Float> infinite =
          x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY).and(special);
      VectorMask<Float> nan = x.compare(VectorOperators.NE, x).and(special);
      FloatVector.fromMemorySegment(VectorWidth.FLOATS, target, at, VectorWidth.ORDER)
          .blend(undefined, zero)
          .blend(CLAMPED, negative)
          .blend(Float.POSITIVE_INFINITY, infinite)
          .blend(Float.NaN, nan)
          .intoMemorySegment(target, at, VectorWidth.ORDER);
      undefinedLanes[i] = (int) zero.toLong();
      clampedLanes[i] = (int) negative.toLong();
      infiniteLanes[i] = (int) infinite.toLong();
      nanLanes[i] = (int) nan.toLong();
    }
  }
}
