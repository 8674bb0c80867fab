package stops.cpu;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import stops.engine.Chunk;

/** Adds a number to chunks of float32 samples. Confined to one thread. */
final class ShiftAdjuster extends VectorAdjuster {
  /**
   * Bound of the error of what a rounded sum lacks, as a fraction of that. It is off by a rounding
   * and by what is cut off of the summand's low term. Where the two terms of what is lacking nearly
   * cancel out, it can be off by more, but is far below half an ULP of the sum then.
   */
  private static final float ERROR_OF_REST = 0x1p-19f;

  ShiftAdjuster(FastOperands operands, Chunk chunk) {
    super(operands, chunk);
  }

  @Override
  int direct(MemorySegment anySource, MemorySegment anyTarget, long offset) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    boolean mark = marking;
    FloatVector stops = VectorWidth.floats(operands.thereHigh());
    IntVector magnitude = VectorWidth.ints(~SIGN);
    IntVector infinity = VectorWidth.ints(INFINITY);
    IntVector rounded = VectorWidth.ints(0);
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector y = x.add(stops);
      FloatVector again = y.sub(stops);
      VectorMask<Integer> special =
          y.reinterpretAsInts().and(magnitude).compare(VectorOperators.GE, infinity);
      y.blend(x, special.cast(VectorWidth.FLOATS))
          .intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      VectorMask<Integer> lost =
          again.reinterpretAsInts().compare(VectorOperators.NE, x.reinterpretAsInts());
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
    FloatVector low = VectorWidth.floats(operands.thereLow());
    FloatVector more = VectorWidth.floats(1 + ERROR_OF_REST);
    FloatVector less = VectorWidth.floats(1 - ERROR_OF_REST);
    IntVector rounded = VectorWidth.ints(0);
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector sum = x.add(high);
      FloatVector part = sum.sub(x);
      FloatVector rest = x.sub(sum.sub(part)).add(high.sub(part)).add(low);
      FloatVector y = rest.fma(more, sum);
      FloatVector backSum = y.sub(high);
      FloatVector backPart = backSum.sub(y);
      FloatVector backRest = y.sub(backSum.sub(backPart)).sub(high.add(backPart)).sub(low);
      FloatVector again = backRest.fma(more, backSum);
      VectorMask<Integer> special =
          y.compare(VectorOperators.NE, rest.fma(less, sum))
              .or(again.compare(VectorOperators.NE, backRest.fma(less, backSum)))
              .cast(VectorWidth.INTS);
      y.blend(x, special.cast(VectorWidth.FLOATS))
          .intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
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
    DoubleVector first = VectorWidth.doubles(operands.there().first());
    DoubleVector second = VectorWidth.doubles(operands.there().second());
    DoubleVector backFirst = VectorWidth.doubles(operands.back().first());
    DoubleVector backSecond = VectorWidth.doubles(operands.back().second());
    IntVector rounded = IntVector.zero(INTS);
    for (int i = 0; i < samples; i += LANES) {
      IntVector bits =
          FloatVector.fromMemorySegment(FLOATS, source, 4L * i, VectorWidth.ORDER)
              .reinterpretAsInts();
      IntVector result = shifted(bits, first, second);
      IntVector again = shifted(result, backFirst, backSecond);
      VectorMask<Integer> finite = bits.and(~SIGN).compare(VectorOperators.LT, INFINITY);
      VectorMask<Integer> lost = again.compare(VectorOperators.NE, bits).and(finite);
      VectorMask<Integer> special =
          result.and(~SIGN).compare(VectorOperators.GE, INFINITY).and(finite);
      bits.blend(result, finite.andNot(special))
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

  private static IntVector shifted(IntVector bits, DoubleVector first, DoubleVector second) {
    DoubleVector x =
        (DoubleVector) bits.reinterpretAsFloats().convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector sum = x.add(first);
    DoubleVector part = sum.sub(x);
    DoubleVector rest = x.sub(sum.sub(part)).add(first.sub(part)).add(second);
    DoubleVector result = sum.add(rest);
    DoubleVector lacking = rest.sub(result.sub(sum));
    LongVector near = result.reinterpretAsLongs();
    LongVector odd =
        near.add(
                near.lanewise(VectorOperators.XOR, lacking.reinterpretAsLongs())
                    .lanewise(VectorOperators.ASHR, 63))
            .or(1);
    return near.blend(odd, lacking.compare(VectorOperators.NE, 0).cast(VectorWidth.LONGS))
        .reinterpretAsDoubles()
        .convertShape(VectorOperators.D2F, FLOATS, 0)
        .reinterpretAsInts();
  }
}
