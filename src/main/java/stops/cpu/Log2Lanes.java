package stops.cpu;

import static stops.math.Log2Narrow.HALF_STEP;
import static stops.math.Log2Narrow.INV_LN2;
import static stops.math.Log2Narrow.Q0;
import static stops.math.Log2Narrow.Q1;
import static stops.math.Log2Narrow.Q2;
import static stops.math.Log2Narrow.Q3;
import static stops.math.Log2Narrow.Q4;
import static stops.math.Log2Narrow.Q5;
import static stops.math.Log2Narrow.Q6;
import static stops.math.Log2Narrow.Q7;
import static stops.math.Log2Narrow.Q8;
import static stops.math.Log2Narrow.Q9;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import stops.math.Log2Narrow;

/** {@link Log2Narrow}, the same operations, lane by lane. */
final class Log2Lanes {
  private static final long EXPONENT = 0xfff0_0000_0000_0000L;

  /** {@code c * 2^1023}: the bits of an exponent subtracted leave {@code c} scaled by it. */
  private static final long[] RECIPROCALS = bits(Log2Narrow.reciprocals(), 1023L << 52);

  private static final long[] LOGARITHMS = bits(Log2Narrow.logarithms(), 0);

  /** Its low bits take an exponent from 0 to 2047, which makes it so much larger. */
  private static final double EXPONENTS = 0x1p52;

  private static final long EXPONENTS_BITS = Double.doubleToRawLongBits(EXPONENTS);

  private Log2Lanes() {}

  private static long[] bits(double[] values, long plus) {
    return Arrays.stream(values)
        .mapToLong(Double::doubleToRawLongBits)
        .map(b -> b + plus)
        .toArray();
  }

  /**
   * {@code log2(x)}, not rounded to its sample type yet; {@code x} are float32, finite, above 0.
   */
  static DoubleVector log2(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs().add(HALF_STEP);
    LongVector j = bits.lanewise(VectorOperators.LSHR, 49);
    DoubleVector scaled =
        Lanes.lookUp(RECIPROCALS, j).sub(bits.and(EXPONENT)).reinterpretAsDoubles();
    DoubleVector k =
        bits.lanewise(VectorOperators.LSHR, 52)
            .or(EXPONENTS_BITS)
            .reinterpretAsDoubles()
            .sub(broadcast(EXPONENTS + 1023));
    DoubleVector whole = k.add(Lanes.lookUp(LOGARITHMS, j).reinterpretAsDoubles());
    DoubleVector r = x.fma(scaled, broadcast(-1));
    DoubleVector q = broadcast(Q9).fma(r, broadcast(Q8));
    q = q.fma(r, broadcast(Q7));
    q = q.fma(r, broadcast(Q6));
    q = q.fma(r, broadcast(Q5));
    q = q.fma(r, broadcast(Q4));
    q = q.fma(r, broadcast(Q3));
    q = q.fma(r, broadcast(Q2));
    q = q.fma(r, broadcast(Q1));
    q = q.fma(r, broadcast(Q0));
    return whole.add(r.fma(broadcast(INV_LN2), r.mul(q)));
  }

  private static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(Lanes.DOUBLES, value);
  }
}
