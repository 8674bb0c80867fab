package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Anomaly;
import stops.engine.Conversion;
import stops.engine.SampleType;

/**
 * Converts blocks of float32 exposures to intensities.
 *
 * <p>The fast pass: let {@code x = k + j/32 + r}, {@code |r| <= 2^-6}. Let {@code s*(1 + t)} be
 * {@code 2^(k + j/32)}, from a table, {@code s} in float32. Then {@code 2^x = s*(1 + h + l)}.
 * {@code h} is {@code r*ln 2}, rounded. {@code l} is the rest: the rounding error of {@code h},
 * {@code t}, and {@code r^2*P(r)}. The rounding error of {@code s + s*h} is computed and added.
 *
 * <p>The error of the sum, before it is rounded, is below 2^-36.1 of {@code s} for every {@code x}
 * in the range of the fast pass. Adding the bound to the small terms may cost 2^-38.5 more.
 * Constants come from {@code src/main/sollya/exp2fast.sollya}; the bound is tested with all
 * float32.
 */
final class Float32Intensity extends VectorBlockConverter {
  /**
   * The fast pass converts exposures of a magnitude below this, in stops. All its terms are normal
   * numbers there.
   */
  private static final float FLOAT_RANGE = 100;

  /** The same for float16 results, which are finite and not 0 there. */
  private static final float HALF_RANGE = 15.9f;

  /** Adding this rounds to a multiple of 1/32, which the low bits of the sum hold. */
  private static final float ROUNDER = 0x1.8p18f;

  private static final float LN2 = 0x1.62e43p-1f;
  private static final float LN2_REST = -0x1.05c61p-29f;
  private static final float P0 = 0x1.ebfbep-3f;
  private static final float P1 = 0x1.c6b11p-5f;
  private static final float P2 = 0x1.3b2092p-7f;

  /** Bound of the fast pass's error as a fraction of {@code s}, before rounding. */
  private static final float ERROR = 0x1.2p-36f;

  /**
   * Bit patterns of {@code 2^(j/32)}, less {@code j << 18}. Adding {@code (32*k + j) << 18} to
   * entry {@code j} gives the bit pattern of {@code 2^(k + j/32)}.
   */
  private static final int[] POWERS = Exp2FastTable.powers();

  private static final int[] RESTS = Exp2FastTable.rests();

  static {
    for (int j = 0; j < POWERS.length; j++) {
      POWERS[j] -= j << 18;
    }
  }

  private final float range;
  private final float underflow;
  private final float overflow;

  Float32Intensity(Conversion conversion, int blockSamples, Arena arena) {
    super(blockSamples, arena);
    boolean half = conversion.target() == SampleType.FLOAT16;
    range = half ? HALF_RANGE : FLOAT_RANGE;
    IntensityRange results = IntensityRange.of(conversion.target());
    underflow = results.underflow();
    overflow = results.overflow();
  }

  @Override
  void convertFast(MemorySegment anySource, MemorySegment anyTarget, UnfinishedVectors unfinished) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    int[] entries = unfinished.entries;
    IntVector powers1 = VectorWidth.part(POWERS, 0);
    IntVector powers2 = VectorWidth.part(POWERS, 1);
    IntVector powers3 = VectorWidth.part(POWERS, 2);
    IntVector powers4 = VectorWidth.part(POWERS, 3);
    IntVector rests1 = VectorWidth.part(RESTS, 0);
    IntVector rests2 = VectorWidth.part(RESTS, 1);
    IntVector rests3 = VectorWidth.part(RESTS, 2);
    IntVector rests4 = VectorWidth.part(RESTS, 3);
    FloatVector limit = VectorWidth.floats(range);
    FloatVector rounder = VectorWidth.floats(ROUNDER);
    FloatVector ln2 = VectorWidth.floats(LN2);
    FloatVector minusLn2 = VectorWidth.floats(-LN2);
    FloatVector ln2Rest = VectorWidth.floats(LN2_REST);
    FloatVector p0 = VectorWidth.floats(P0);
    FloatVector p1 = VectorWidth.floats(P1);
    FloatVector p2 = VectorWidth.floats(P2);
    FloatVector error = VectorWidth.floats(ERROR);
    FloatVector minusError = VectorWidth.floats(-ERROR);
    int count = 0;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector rounded = x.add(rounder);
      FloatVector r = x.sub(rounded.sub(rounder));
      IntVector j = rounded.reinterpretAsInts();
      FloatVector s =
          VectorWidth.lookUp(powers1, powers2, powers3, powers4, j)
              .add(j.lanewise(VectorOperators.LSHL, 18))
              .reinterpretAsFloats();
      FloatVector t = VectorWidth.lookUp(rests1, rests2, rests3, rests4, j).reinterpretAsFloats();
      FloatVector h = r.mul(ln2);
      FloatVector minusHRest = r.fma(minusLn2, h);
      FloatVector p = p2.fma(r, p1).fma(r, p0).fma(r, ln2Rest);
      FloatVector l = p.fma(r, t.fma(h, t).sub(minusHRest));
      FloatVector sum = s.fma(h, s);
      FloatVector low = s.fma(l, s.fma(h, s.sub(sum)));
      FloatVector result = sum.add(s.fma(error, low));
      VectorMask<Float> right =
          result.compare(
              VectorOperators.EQ,
              sum.add(s.fma(minusError, low)),
              x.abs().compare(VectorOperators.LT, limit));
      x.blend(result, right).intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
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
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, at, VectorWidth.ORDER);
      VectorMask<Float> ordinary =
          x.compare(VectorOperators.GT, underflow).and(x.compare(VectorOperators.LT, overflow));
      unfinished.classify(i, (int) ordinary.toLong() ^ VectorWidth.ALL);
    }
  }

  @Override
  void convertExactly(
      MemorySegment source, MemorySegment target, int[] positions, int count, Rounding rounding) {
    Exp2NarrowVectors.convert(source, target, positions, count, rounding);
  }

  @Override
  void convertSpecial(
      MemorySegment anySource, MemorySegment anyTarget, UnfinishedVectors unfinished) {
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    int[] underflowLanes = unfinished.anomalies[Anomaly.UNDERFLOW.ordinal()];
    int[] overflowLanes = unfinished.anomalies[Anomaly.OVERFLOW.ordinal()];
    int[] infiniteLanes = unfinished.anomalies[Anomaly.INFINITE.ordinal()];
    int[] nanLanes = unfinished.anomalies[Anomaly.NAN.ordinal()];
    int[] positions = unfinished.special;
    for (int i = 0; i < unfinished.specialCount; i++) {
      long at = (long) Float.BYTES * positions[i];
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, at, VectorWidth.ORDER);
      VectorMask<Float> special =
          VectorMask.fromLong(VectorWidth.FLOATS, unfinished.specialLanes[i]);
      VectorMask<Float> low = x.compare(VectorOperators.LE, underflow).and(special);
      VectorMask<Float> high = x.compare(VectorOperators.GE, overflow).and(special);
      VectorMask<Float> infinite =
          x.abs().compare(VectorOperators.EQ, Float.POSITIVE_INFINITY).and(special);
      VectorMask<Float> nan = x.compare(VectorOperators.NE, x).and(special);
      FloatVector.fromMemorySegment(VectorWidth.FLOATS, target, at, VectorWidth.ORDER)
          .blend(0, low)
          .blend(Float.POSITIVE_INFINITY, high)
          .blend(Float.NaN, nan)
          .intoMemorySegment(target, at, VectorWidth.ORDER);
      underflowLanes[i] = (int) low.andNot(infinite).toLong();
      overflowLanes[i] = (int) high.andNot(infinite).toLong();
      infiniteLanes[i] = (int) infinite.toLong();
      nanLanes[i] = (int) nan.toLong();
    }
  }
}
