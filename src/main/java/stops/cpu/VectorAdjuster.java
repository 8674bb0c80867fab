package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;
import stops.math.Adjustment;

/**
 * Adjusts chunks of float32 samples in native memory with the Vector API, and by the opposite
 * adjustment, to see which samples that gives again. The loops do not branch: they note the lanes
 * of each vector that are rounded, and special ones, which keep their sample and are done one by
 * one afterwards.
 *
 * <p>The fast loop computes in pairs of float32, with a bound of the error. A result is right if
 * both ends of that bound round to the same number; so is the sample that comes back. All others
 * are special, as are samples and products that are close to subnormal or infinite. A block with
 * many special samples is followed by blocks of the careful loop, which computes as {@link
 * Float32Operand} does; only what over- or underflows is special there.
 *
 * <p>Confined to one thread.
 */
final class VectorAdjuster {
  /** Samples of a block, which stays in the core's first-level cache with its results. */
  private static final int BLOCK_SAMPLES = 1 << 11;

  private static final VectorSpecies<Float> FLOATS = VectorWidth.HALF_FLOATS;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int LANES = DOUBLES.length();

  private static final int SIGN = 0x8000_0000;
  private static final int INFINITY = 0x7f80_0000;

  /** Products from this on have all terms of their pair in the normal numbers. */
  private static final float LEAST = 0x1p-90f;

  /** A block with more special samples than this is followed by careful blocks. */
  private static final int MOST_SPECIAL = BLOCK_SAMPLES / 64;

  private static final int CAREFUL_BLOCKS = 64;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Adjustment adjustment;
  private final Float32Operand there;
  private final Float32Operand back;
  private final FastOperands fast;
  private final AdjustmentCounts counts;
  private final int[] rounded = new int[BLOCK_SAMPLES / LANES];
  private final int[] special = new int[BLOCK_SAMPLES / LANES];

  /** Number of blocks to come of the careful loop. */
  private int careful;

  private VectorAdjuster(Adjustment adjustment, Chunk chunk) {
    this.adjustment = adjustment;
    there = Float32Operand.of(adjustment.scales(), adjustment.there());
    back = Float32Operand.of(adjustment.scales(), adjustment.back());
    fast = FastOperands.of(adjustment);
    counts = new AdjustmentCounts(adjustment.scales(), chunk);
  }

  /**
   * Adjusts a chunk.
   *
   * @param conversion one that {@link PlainAdjuster#fits}
   * @param chunk in native memory
   */
  static Tally convert(Conversion conversion, Chunk chunk) {
    VectorAdjuster adjuster = new VectorAdjuster(new Adjustment(conversion), chunk);
    if (adjuster.there.isNothing()) {
      chunk.target().copyFrom(chunk.source());
      return new Tally(chunk.channels());
    }
    long whole = chunk.samples() - chunk.samples() % VectorWidth.COUNT;
    for (long at = 0; at < whole; at += BLOCK_SAMPLES) {
      long bytes = Float.BYTES * Math.min(BLOCK_SAMPLES, whole - at);
      adjuster.convert(
          chunk.source().asSlice(at * Float.BYTES, bytes),
          chunk.target().asSlice(at * Float.BYTES, bytes),
          at);
    }
    if (whole < chunk.samples()) {
      adjuster.convertLast(chunk, whole);
    }
    return adjuster.counts.tally();
  }

  /** Adjusts the last samples, in a vector filled up with NaN, which stays and is not counted. */
  private void convertLast(Chunk chunk, long whole) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment last = arena.allocate((long) Float.BYTES * VectorWidth.COUNT, 64);
      last.fill((byte) -1);
      long bytes = chunk.source().byteSize() - whole * Float.BYTES;
      MemorySegment.copy(chunk.source(), whole * Float.BYTES, last, 0, bytes);
      convert(last, last, whole);
      MemorySegment.copy(last, 0, chunk.target(), whole * Float.BYTES, bytes);
    }
  }

  private void convert(MemorySegment source, MemorySegment target, long offset) {
    int width = VectorWidth.COUNT;
    if (careful > 0 || !fast.fit()) {
      width = LANES;
      careful = Math.max(0, careful - 1);
      if (adjustment.scales()) {
        scale(source, target);
      } else {
        shift(source, target);
      }
    } else if (adjustment.scales()) {
      scaleFast(source, target);
    } else {
      shiftFast(source, target);
    }
    int vectors = (int) (source.byteSize() / Float.BYTES) / width;
    int specials = 0;
    for (int i = 0; i < vectors; i++) {
      specials += Integer.bitCount(special[i]);
    }
    counts.addRounded(rounded, vectors, width, offset);
    if (specials > 0) {
      for (int i = 0; i < vectors; i++) {
        convertSpecial(target, i * width, special[i], offset);
      }
      careful = specials > MOST_SPECIAL ? CAREFUL_BLOCKS : careful;
    }
  }

  /** Adjusts lanes of a vector, whose place in the target holds their samples. */
  private void convertSpecial(MemorySegment target, int first, int lanes, long offset) {
    for (int rest = lanes; rest != 0; rest &= rest - 1) {
      int index = first + Integer.numberOfTrailingZeros(rest);
      int sample = target.get(INT, (long) index * Integer.BYTES);
      int result = there.adjust(sample);
      target.set(INT, (long) index * Integer.BYTES, result);
      if (back.adjust(result) != sample) {
        counts.addLost(result, offset + index);
      }
    }
  }

  private void scaleFast(MemorySegment anySource, MemorySegment anyTarget) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    FloatVector high = VectorWidth.floats(fast.thereHigh());
    FloatVector minusHigh = VectorWidth.floats(-fast.thereHigh());
    FloatVector low = VectorWidth.floats(fast.thereLow());
    FloatVector backHigh = VectorWidth.floats(fast.backHigh());
    FloatVector minusBackHigh = VectorWidth.floats(-fast.backHigh());
    FloatVector backLow = VectorWidth.floats(fast.backLow());
    FloatVector error = VectorWidth.floats(FastOperands.ERROR);
    FloatVector minusError = VectorWidth.floats(-FastOperands.ERROR);
    FloatVector least = VectorWidth.floats(LEAST);
    int vector = 0;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector product = x.mul(high);
      FloatVector rest = x.mul(low).sub(x.fma(minusHigh, product));
      FloatVector y = product.add(product.fma(error, rest));
      FloatVector backProduct = y.mul(backHigh);
      FloatVector backRest = y.mul(backLow).sub(y.fma(minusBackHigh, backProduct));
      FloatVector again = backProduct.add(backProduct.fma(error, backRest));
      VectorMask<Float> right =
          y.compare(VectorOperators.EQ, product.add(product.fma(minusError, rest)))
              .and(
                  again.compare(
                      VectorOperators.EQ, backProduct.add(backProduct.fma(minusError, backRest))));
      VectorMask<Float> large =
          x.abs()
              .compare(VectorOperators.GE, least)
              .and(y.abs().compare(VectorOperators.GE, least))
              .or(x.compare(VectorOperators.EQ, 0));
      VectorMask<Float> done = right.and(large);
      x.blend(y, done).intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      rounded[vector] = (int) again.compare(VectorOperators.NE, x).and(done).toLong();
      special[vector++] = (int) done.toLong() ^ VectorWidth.ALL;
    }
  }

  private void shiftFast(MemorySegment anySource, MemorySegment anyTarget) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    FloatVector high = VectorWidth.floats(fast.thereHigh());
    FloatVector low = VectorWidth.floats(fast.thereLow());
    FloatVector error = VectorWidth.floats(fast.exact() ? 0 : FastOperands.ERROR);
    FloatVector errorOfStops =
        VectorWidth.floats(fast.exact() ? 0 : FastOperands.ERROR * Math.abs(fast.thereHigh()));
    int vector = 0;
    for (int i = 0; i < samples; i += VectorWidth.COUNT) {
      FloatVector x =
          FloatVector.fromMemorySegment(VectorWidth.FLOATS, source, 4L * i, VectorWidth.ORDER);
      FloatVector sum = x.add(high);
      FloatVector part = sum.sub(x);
      FloatVector rest = x.sub(sum.sub(part)).add(high.sub(part)).add(low);
      FloatVector bound = sum.abs().fma(error, errorOfStops);
      FloatVector y = sum.add(rest.add(bound));
      FloatVector backSum = y.sub(high);
      FloatVector backPart = backSum.sub(y);
      FloatVector backRest = y.sub(backSum.sub(backPart)).sub(high.add(backPart)).sub(low);
      FloatVector backBound = backSum.abs().fma(error, errorOfStops);
      FloatVector again = backSum.add(backRest.add(backBound));
      VectorMask<Float> done =
          y.compare(VectorOperators.EQ, sum.add(rest.sub(bound)))
              .and(again.compare(VectorOperators.EQ, backSum.add(backRest.sub(backBound))));
      VectorMask<Float> infinite = x.abs().compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
      x.blend(y, done).intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      rounded[vector] =
          (int)
              again
                  .reinterpretAsInts()
                  .compare(VectorOperators.NE, x.reinterpretAsInts())
                  .cast(VectorWidth.FLOATS)
                  .and(done)
                  .toLong();
      special[vector++] = (int) done.or(infinite).toLong() ^ VectorWidth.ALL;
    }
  }

  private void scale(MemorySegment anySource, MemorySegment anyTarget) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    DoubleVector first = VectorWidth.doubles(there.first());
    DoubleVector second = VectorWidth.doubles(there.second());
    DoubleVector third = VectorWidth.doubles(there.third());
    DoubleVector backFirst = VectorWidth.doubles(back.first());
    DoubleVector backSecond = VectorWidth.doubles(back.second());
    DoubleVector backThird = VectorWidth.doubles(back.third());
    long sticky = there.sticky();
    int vector = 0;
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
      VectorMask<Integer> out =
          size.compare(VectorOperators.GE, INFINITY)
              .or(size.compare(VectorOperators.EQ, 0))
              .and(lost);
      bits.blend(size.or(sign), finite.andNot(out))
          .intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      rounded[vector] = (int) lost.andNot(out).toLong();
      special[vector++] = (int) out.toLong();
    }
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

  private void shift(MemorySegment anySource, MemorySegment anyTarget) {
    int samples = (int) (anySource.byteSize() / Float.BYTES);
    MemorySegment source = VectorWidth.nativeSegment(anySource);
    MemorySegment target = VectorWidth.nativeSegment(anyTarget);
    DoubleVector first = VectorWidth.doubles(there.first());
    DoubleVector second = VectorWidth.doubles(there.second());
    DoubleVector backFirst = VectorWidth.doubles(back.first());
    DoubleVector backSecond = VectorWidth.doubles(back.second());
    int vector = 0;
    for (int i = 0; i < samples; i += LANES) {
      IntVector bits =
          FloatVector.fromMemorySegment(FLOATS, source, 4L * i, VectorWidth.ORDER)
              .reinterpretAsInts();
      IntVector result = shifted(bits, first, second);
      IntVector again = shifted(result, backFirst, backSecond);
      VectorMask<Integer> finite = bits.and(~SIGN).compare(VectorOperators.LT, INFINITY);
      VectorMask<Integer> lost = again.compare(VectorOperators.NE, bits).and(finite);
      VectorMask<Integer> out = result.and(~SIGN).compare(VectorOperators.GE, INFINITY).and(finite);
      bits.blend(result, finite.andNot(out)).intoMemorySegment(target, 4L * i, VectorWidth.ORDER);
      rounded[vector] = (int) lost.andNot(out).toLong();
      special[vector++] = (int) out.toLong();
    }
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
