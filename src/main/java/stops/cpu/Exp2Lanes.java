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

/** {@link Exp2Narrow}, the same operations, lane by lane. */
final class Exp2Lanes {
  private static final long[] TABLE = Exp2Narrow.table();
  private static final long EXPONENT = 0xfff0_0000_0000_0000L;

  private Exp2Lanes() {}

  /**
   * Converts some vectors of exposures to intensities.
   *
   * @param anySource native, float32
   * @param anyTarget native, float32
   * @param positions where each vector begins, in samples
   * @param count how many vectors
   */
  static void convert(
      MemorySegment anySource,
      MemorySegment anyTarget,
      int[] positions,
      int count,
      Rounding rounding) {
    MemorySegment source = Lanes.nativeSegment(anySource);
    MemorySegment target = Lanes.nativeSegment(anyTarget);
    LongVector table1 = Lanes.part(TABLE, 0);
    LongVector table2 = Lanes.part(TABLE, 1);
    LongVector table3 = Lanes.part(TABLE, 2);
    LongVector table4 = Lanes.part(TABLE, 3);
    DoubleVector rounder = Lanes.doubles(ROUNDER);
    for (int i = 0; i < 2 * count; i++) {
      long at = Float.BYTES * (positions[i >> 1] + (long) (i & 1) * Lanes.COUNT / 2);
      DoubleVector x =
          (DoubleVector)
              FloatVector.fromMemorySegment(Lanes.HALF_FLOATS, source, at, Lanes.ORDER)
                  .convertShape(VectorOperators.F2D, Lanes.DOUBLES, 0);
      DoubleVector rounded = x.add(rounder);
      DoubleVector r = x.sub(rounded.sub(rounder));
      LongVector eighths = rounded.reinterpretAsLongs();
      DoubleVector s =
          Lanes.lookUp(table1, table2, table3, table4, eighths)
              .add(eighths.lanewise(VectorOperators.LSHL, 49).and(EXPONENT))
              .reinterpretAsDoubles();
      DoubleVector q = Lanes.doubles(Q6).fma(r, Lanes.doubles(Q5));
      q = q.fma(r, Lanes.doubles(Q4));
      q = q.fma(r, Lanes.doubles(Q3));
      q = q.fma(r, Lanes.doubles(Q2));
      q = q.fma(r, Lanes.doubles(Q1));
      q = q.fma(r, Lanes.doubles(Q0));
      LongVector result = s.fma(r.mul(q), s).reinterpretAsLongs();
      VectorMask<Long> tie =
          x.compare(VectorOperators.EQ, TIE_1)
              .or(x.compare(VectorOperators.EQ, TIE_2))
              .cast(Lanes.LONGS);
      rounding
          .apply(result.add(1, tie))
          .reinterpretAsDoubles()
          .convertShape(VectorOperators.D2F, Lanes.HALF_FLOATS, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(target, at, Lanes.ORDER);
    }
  }
}
