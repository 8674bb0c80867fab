package stops.cpu;

import static stops.math.Exp2Narrow.Q0;
import static stops.math.Exp2Narrow.Q1;
import static stops.math.Exp2Narrow.Q2;
import static stops.math.Exp2Narrow.Q3;
import static stops.math.Exp2Narrow.Q4;
import static stops.math.Exp2Narrow.Q5;
import static stops.math.Exp2Narrow.Q6;
import static stops.math.Exp2Narrow.ROUNDER;
import static stops.math.Exp2Narrow.TIE_1;
import static stops.math.Exp2Narrow.TIE_2;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.math.Exp2Narrow;

/** Computes {@link Exp2Narrow} in vectors of doubles, by the same operations. */
final class Exp2NarrowVectors {
  private static final long[] TABLE = Exp2Narrow.table();
  private static final long EXPONENT = 0xfff0_0000_0000_0000L;

  private Exp2NarrowVectors() {}

  /**
   * Converts some vectors of exposures to intensities.
   *
   * @param anySource native, float32
   * @param anyTarget native, float32
   * @param positions index of each vector's first sample
   * @param count number of vectors
   * @param rounding how results are rounded to float32
   */
  static void convert(
      MemorySegment anySource,
      MemorySegment anyTarget,
      int[] positions,
      int count,
      Rounding rounding) {
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    LongVector table1 = VectorWidth.part(TABLE, 0);
    LongVector table2 = VectorWidth.part(TABLE, 1);
    LongVector table3 = VectorWidth.part(TABLE, 2);
    LongVector table4 = VectorWidth.part(TABLE, 3);
    DoubleVector rounder = VectorWidth.doubles(ROUNDER);
    for (int i = 0; i < 2 * count; i++) {
      long at = Float.BYTES * (positions[i >> 1] + (long) (i & 1) * VectorWidth.COUNT / 2);
      DoubleVector x =
          (DoubleVector)
              FloatVector.fromMemorySegment(VectorWidth.HALF_FLOATS, source, at, VectorWidth.ORDER)
                  .convertShape(VectorOperators.F2D, VectorWidth.DOUBLES, 0);
      DoubleVector rounded = x.add(rounder);
      DoubleVector r = x.sub(rounded.sub(rounder));
      LongVector eighths = rounded.reinterpretAsLongs();
      DoubleVector s =
          VectorWidth.lookUp(table1, table2, table3, table4, eighths)
              .add(eighths.lanewise(VectorOperators.LSHL, 49).and(EXPONENT))
              .reinterpretAsDoubles();
      DoubleVector q = VectorWidth.doubles(Q6).fma(r, VectorWidth.doubles(Q5));
      q = q.fma(r, VectorWidth.doubles(Q4));
      q = q.fma(r, VectorWidth.doubles(Q3));
      q = q.fma(r, VectorWidth.doubles(Q2));
      q = q.fma(r, VectorWidth.doubles(Q1));
      q = q.fma(r, VectorWidth.doubles(Q0));
      LongVector result = s.fma(r.mul(q), s).reinterpretAsLongs();
      VectorMask<Long> tie =
          x.compare(VectorOperators.EQ, TIE_1)
              .or(x.compare(VectorOperators.EQ, TIE_2))
              .cast(VectorWidth.LONGS);
      rounding
          .apply(result.add(1, tie))
          .reinterpretAsDoubles()
          .convertShape(VectorOperators.D2F, VectorWidth.HALF_FLOATS, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(target, at, VectorWidth.ORDER);
    }
  }
}
