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

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.math.Exp2Narrow;

/** {@link Exp2Narrow}, the same operations, lane by lane. */
final class Exp2Lanes {
  private static final long[] TABLE = Exp2Narrow.table();

  private Exp2Lanes() {}

  /** {@code 2^x}, not rounded to its sample type yet; {@code x} are float32 from −1000 to 1000. */
  static DoubleVector exp2(DoubleVector x) {
    DoubleVector rounder = DoubleVector.broadcast(Lanes.DOUBLES, ROUNDER);
    DoubleVector rounded = x.add(rounder);
    DoubleVector r = x.sub(rounded.sub(rounder));
    LongVector eighths = rounded.reinterpretAsLongs();
    LongVector exponent = eighths.lanewise(VectorOperators.LSHL, 49).and(0xfff0_0000_0000_0000L);
    DoubleVector s = Lanes.lookUp(TABLE, eighths).add(exponent).reinterpretAsDoubles();
    DoubleVector q = broadcast(Q6).fma(r, broadcast(Q5));
    q = q.fma(r, broadcast(Q4));
    q = q.fma(r, broadcast(Q3));
    q = q.fma(r, broadcast(Q2));
    q = q.fma(r, broadcast(Q1));
    q = q.fma(r, broadcast(Q0));
    LongVector result = s.fma(r.mul(q), s).reinterpretAsLongs();
    VectorMask<Double> tie =
        x.compare(VectorOperators.EQ, TIE_1).or(x.compare(VectorOperators.EQ, TIE_2));
    return result.add(1, tie.cast(Lanes.LONGS)).reinterpretAsDoubles();
  }

  private static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(Lanes.DOUBLES, value);
  }
}
