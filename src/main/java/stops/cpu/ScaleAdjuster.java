package stops.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Chunk;

/** Multiplies chunks of float32 samples. Confined to one thread. */
final class ScaleAdjuster extends VectorAdjuster {
  /**
   * Bound of the error of a product of pairs, as a fraction of it. What is cut off of the operand
   * is below 2^-47 of it, and three roundings of the low term are below 2^-47 of the product each.
   */
  private static final float ERROR_OF_PRODUCT = 0x1p-44f;

  ScaleAdjuster(FastOperands operands, Chunk chunk) {
    super(operands, chunk);
  }

  @Override
  int direct(MemorySegment anySource, MemorySegment anyTarget, long offset) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    boolean mark = marking;
    FloatVector high = VectorWidth.floats(operands.thereHigh());
    FloatVector low = VectorWidth.floats(operands.thereLow());
    FloatVector backHigh = VectorWidth.floats(operands.backHigh());
    FloatVector backLow = VectorWidth.floats(operands.backLow());
    int leastBits = Float.floatToRawIntBits(operands.least());
    IntVector least = VectorWidth.ints(leastBits);
    IntVector range = VectorWidth.ints(Float.floatToRawIntBits(operands.most()) - leastBits);
    IntVector magnitude = VectorWidth.ints(~SIGN);
    IntVector zero = VectorWidth.ints(0);
    IntVector rounded = zero;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector y = x.fma(high, x.mul(low));
      FloatVector again = y.fma(backHigh, y.mul(backLow));
      IntVector size = x.reinterpretAsInts().and(magnitude);
      VectorMask<Integer> out = size.sub(least).compare(VectorOperators.UGT, range);
      VectorMask<Integer> special = size.compare(VectorOperators.NE, zero, out);
      y.blend(x, out.cast(VectorWidth.FLOATS)).intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      VectorMask<Integer> lost = again.compare(VectorOperators.NE, x).cast(VectorWidth.INTS);
      rounded = rounded.add(1, lost);
      if (mark) {
        marks[i / VectorWidth.COUNT] = (int) lost.toLong();
      }
      if (special.anyTrue()) {
        convertSpecial(
            target, i, (int) special.toLong(), (int) lost.toLong(), VectorWidth.COUNT, offset);
      }
    }
    return rounded.reduceLanes(VectorOperators.ADD);
  }

  @Override
  int checked(MemorySegment anySource, MemorySegment anyTarget, long offset) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    boolean mark = marking;
    FloatVector high = VectorWidth.floats(operands.thereHigh());
    FloatVector minusHigh = VectorWidth.floats(-operands.thereHigh());
    FloatVector low = VectorWidth.floats(operands.thereLow());
    FloatVector backHigh = VectorWidth.floats(operands.backHigh());
    FloatVector minusBackHigh = VectorWidth.floats(-operands.backHigh());
    FloatVector backLow = VectorWidth.floats(operands.backLow());
    FloatVector error = VectorWidth.floats(ERROR_OF_PRODUCT);
    FloatVector minusError = VectorWidth.floats(-ERROR_OF_PRODUCT);
    FloatVector least = VectorWidth.floats(operands.least());
    FloatVector zero = VectorWidth.floats(0);
    IntVector rounded = VectorWidth.ints(0);
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector product = x.mul(high);
      FloatVector rest = x.mul(low).sub(x.fma(minusHigh, product));
      FloatVector y = product.add(product.fma(error, rest));
      FloatVector backProduct = y.mul(backHigh);
      FloatVector backRest = y.mul(backLow).sub(y.fma(minusBackHigh, backProduct));
      FloatVector again = backProduct.add(backProduct.fma(error, backRest));
      VectorMask<Float> done =
          y.compare(VectorOperators.EQ, product.add(product.fma(minusError, rest)))
              .and(
                  again.compare(
                      VectorOperators.EQ, backProduct.add(backProduct.fma(minusError, backRest))))
              .and(x.abs().compare(VectorOperators.GE, least))
              .and(y.abs().compare(VectorOperators.GE, least));
      VectorMask<Integer> special =
          x.compare(VectorOperators.NE, zero).andNot(done).cast(VectorWidth.INTS);
      x.blend(y, done).intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      VectorMask<Integer> lost = again.compare(VectorOperators.NE, x).cast(VectorWidth.INTS);
      rounded = rounded.add(1, lost);
      if (mark) {
        marks[i / VectorWidth.COUNT] = (int) lost.toLong();
      }
      if (special.anyTrue()) {
        convertSpecial(
            target, i, (int) special.toLong(), (int) lost.toLong(), VectorWidth.COUNT, offset);
      }
    }
    return rounded.reduceLanes(VectorOperators.ADD);
  }

  @Override
  int careful(MemorySegment anySource, MemorySegment anyTarget, long offset) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    boolean mark = marking;
    Float32Operand there = operands.there();
    Float32Operand back = operands.back();
    DoubleVector first = VectorWidth.doubles(there.first());
    DoubleVector second = VectorWidth.doubles(there.second());
    DoubleVector third = VectorWidth.doubles(there.third());
    DoubleVector backFirst = VectorWidth.doubles(back.first());
    DoubleVector backSecond = VectorWidth.doubles(back.second());
    DoubleVector backThird = VectorWidth.doubles(back.third());
    long sticky = there.sticky();
    IntVector rounded = IntVector.zero(INTS);
    for (int i = 0; i < samples; i += LANES) {
      IntVector bits =
          FloatVector.fromMemorySegment(FLOATS, source, 4L * i, VectorWidth.ORDER)
              .reinterpretAsInts();
      IntVector sign = bits.and(SIGN);
      IntVector magnitude = bits.and(~SIGN);
      IntVector size = scaled(magnitude, first, second, third, sticky);
      IntVector again = scaled(size, backFirst, backSecond, backThird, sticky);
      VectorMask<Integer> finite = magnitude.compare(VectorOperators.LT, INFINITY);
      VectorMask<Integer> lost = again.compare(VectorOperators.NE, magnitude).and(finite);
      VectorMask<Integer> special =
          size.compare(VectorOperators.GE, INFINITY)
              .or(size.compare(VectorOperators.EQ, 0))
              .and(lost);
      bits.blend(size.or(sign), finite.andNot(special))
          .intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      rounded = rounded.add(1, lost);
      if (mark) {
        marks[i / LANES] = (int) lost.toLong();
      }
      if (special.anyTrue()) {
        convertSpecial(target, i, (int) special.toLong(), (int) lost.toLong(), LANES, offset);
      }
    }
    return rounded.reduceLanes(VectorOperators.ADD);
  }

  private static IntVector scaled(
      IntVector magnitude,
      DoubleVector first,
      DoubleVector second,
      DoubleVector third,
      long sticky) {
    DoubleVector x =
        (DoubleVector)
            magnitude.reinterpretAsFloats().convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector product = x.mul(first);
    DoubleVector next = x.mul(second);
    DoubleVector sum = product.add(next);
    DoubleVector lacking = next.sub(sum.sub(product)).add(x.mul(third));
    LongVector odd =
        sum.reinterpretAsLongs()
            .add(lacking.reinterpretAsLongs().lanewise(VectorOperators.ASHR, 63))
            .or(sticky);
    return odd.reinterpretAsDoubles()
        .convertShape(VectorOperators.D2F, FLOATS, 0)
        .reinterpretAsInts();
  }
}
