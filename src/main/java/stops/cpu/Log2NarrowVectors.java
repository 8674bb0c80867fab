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

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import stops.math.Log2Narrow;

/** Computes {@link Log2Narrow} in vectors of doubles, by the same operations. */
final class Log2NarrowVectors {
  private static final long EXPONENT = 0xfff0_0000_0000_0000L;

  /**
   * Bit patterns of {@code c * 2^1023}. Subtracting the biased exponent of {@code 2^k} gives the
   * bit pattern of {@code c * 2^-k}.
   */
  private static final long[] RECIPROCALS = bits(Log2Narrow.reciprocals(), 1023L << 52);

  private static final long[] LOGARITHMS = bits(Log2Narrow.logarithms(), 0);

  /**
   * Setting the low bits of this number to a biased exponent, from 0 to 2047, adds that exponent to
   * it.
   */
  private static final double EXPONENTS = 0x1p52;

  private static final long EXPONENTS_BITS = Double.doubleToRawLongBits(EXPONENTS);

  private Log2NarrowVectors() {}

  private static long[] bits(double[] values, long plus) {
    return Arrays.stream(values)
        .mapToLong(value -> Double.doubleToRawLongBits(value) + plus)
        .toArray();
  }

  /**
   * Converts some vectors of intensities to exposures.
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
    LongVector reciprocals1 = VectorWidth.part(RECIPROCALS, 0);
    LongVector reciprocals2 = VectorWidth.part(RECIPROCALS, 1);
    LongVector reciprocals3 = VectorWidth.part(RECIPROCALS, 2);
    LongVector reciprocals4 = VectorWidth.part(RECIPROCALS, 3);
    LongVector logarithms1 = VectorWidth.part(LOGARITHMS, 0);
    LongVector logarithms2 = VectorWidth.part(LOGARITHMS, 1);
    LongVector logarithms3 = VectorWidth.part(LOGARITHMS, 2);
    LongVector logarithms4 = VectorWidth.part(LOGARITHMS, 3);
    for (int i = 0; i < 2 * count; i++) {
      long at = Float.BYTES * (positions[i >> 1] + (long) (i & 1) * VectorWidth.COUNT / 2);
      DoubleVector x =
          (DoubleVector)
              FloatVector.fromMemorySegment(VectorWidth.HALF_FLOATS, source, at, VectorWidth.ORDER)
                  .convertShape(VectorOperators.F2D, VectorWidth.DOUBLES, 0);
      LongVector bits = x.reinterpretAsLongs().add(HALF_STEP);
      LongVector j = bits.lanewise(VectorOperators.LSHR, 49);
      DoubleVector scaled =
          VectorWidth.lookUp(reciprocals1, reciprocals2, reciprocals3, reciprocals4, j)
              .sub(bits.and(EXPONENT))
              .reinterpretAsDoubles();
      DoubleVector k =
          bits.lanewise(VectorOperators.LSHR, 52)
              .or(EXPONENTS_BITS)
              .reinterpretAsDoubles()
              .sub(EXPONENTS + 1023);
      DoubleVector whole =
          k.add(
              VectorWidth.lookUp(logarithms1, logarithms2, logarithms3, logarithms4, j)
                  .reinterpretAsDoubles());
      DoubleVector r = x.fma(scaled, VectorWidth.doubles(-1));
      DoubleVector q = VectorWidth.doubles(Q9).fma(r, VectorWidth.doubles(Q8));
      q = q.fma(r, VectorWidth.doubles(Q7));
      q = q.fma(r, VectorWidth.doubles(Q6));
      q = q.fma(r, VectorWidth.doubles(Q5));
      q = q.fma(r, VectorWidth.doubles(Q4));
      q = q.fma(r, VectorWidth.doubles(Q3));
      q = q.fma(r, VectorWidth.doubles(Q2));
      q = q.fma(r, VectorWidth.doubles(Q1));
      q = q.fma(r, VectorWidth.doubles(Q0));
      LongVector result =
          whole.add(r.fma(VectorWidth.doubles(INV_LN2), r.mul(q))).reinterpretAsLongs();
      rounding
          .apply(result)
          .reinterpretAsDoubles()
          .convertShape(VectorOperators.D2F, VectorWidth.HALF_FLOATS, 0)
          .reinterpretAsFloats()
          .intoMemorySegment(target, at, VectorWidth.ORDER);
    }
  }
}
