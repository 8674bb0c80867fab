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

/**
 * Adjusts chunks of float32 samples with the Vector API, and by the opposite adjustment, to see
 * which samples that gives again. The loops count the lanes that are rounded. Special lanes keep
 * their sample and are done one by one. A chunk with many special samples is done by the careful
 * loop for a while, which computes as {@link Float32Operand} does; only what over- or underflows is
 * special there.
 *
 * <p>The checked loops compute in pairs of float32, with a bound of the error. A result is right if
 * both ends of that bound round to the same number; so is the sample that comes back. All others
 * are special.
 *
 * <p>Confined to one thread.
 */
final class VectorAdjuster {
  private static final PerConversion<FastOperands> OPERANDS = new PerConversion<>(FastOperands::of);

  /** A chunk is done in blocks, so that it can change to the careful loop. */
  private static final int BLOCK_SAMPLES = 1 << 13;

  private static final VectorSpecies<Float> FLOATS = VectorWidth.HALF_FLOATS;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int LANES = DOUBLES.length();

  private static final int SIGN = 0x8000_0000;
  private static final int INFINITY = 0x7f80_0000;

  /**
   * Bound of the error of a product of pairs, as a fraction of it. What is cut off of the operand
   * is below 2^-47 of it, and three roundings of the low term are below 2^-47 of the product each.
   */
  private static final float ERROR_OF_PRODUCT = 0x1p-44f;

  /**
   * Bound of the error of what a rounded sum lacks, as a fraction of that. It is off by a rounding
   * and by what is cut off of the summand's low term. Where the two terms of what is lacking nearly
   * cancel out, it can be off by more, but is far below half an ULP of the sum then.
   */
  private static final float ERROR_OF_REST = 0x1p-19f;

  /** A block with more special samples than this is followed by careful blocks. */
  private static final int MOST_SPECIAL = BLOCK_SAMPLES / 64;

  private static final int CAREFUL_BLOCKS = 16;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final FastOperands operands;
  private final AdjustmentCounts counts;

  /** Whether the loops mark the lanes that are rounded, besides counting them. */
  private boolean marking;

  /** For each vector of a block, a bit for each lane that is rounded. */
  private final int[] marks = new int[BLOCK_SAMPLES / LANES];

  /** Number of special samples of a block. */
  private int specials;

  /** Number of special lanes of a block that a loop has counted as rounded. */
  private int miscounted;

  /** Number of blocks to come of the careful loop. */
  private int careful;

  private VectorAdjuster(FastOperands operands, Chunk chunk) {
    this.operands = operands;
    counts = new AdjustmentCounts(operands.scales(), chunk);
  }

  /**
   * Adjusts a chunk.
   *
   * @param conversion one that {@link PlainAdjuster#fits}
   * @param chunk in any memory
   */
  static Tally convert(Conversion conversion, Chunk chunk) {
    VectorAdjuster adjuster = new VectorAdjuster(OPERANDS.get(conversion), chunk);
    if (adjuster.operands.there().isNothing()) {
      chunk.target().copyFrom(chunk.source());
      return new Tally(chunk.channels());
    }
    long whole = chunk.samples() - chunk.samples() % VectorWidth.COUNT;
    if (chunk.source().isNative() && chunk.target().isNative()) {
      for (long at = 0; at < whole; at += BLOCK_SAMPLES) {
        long bytes = Float.BYTES * Math.min(BLOCK_SAMPLES, whole - at);
        adjuster.convert(
            chunk.source().asSlice(at * Float.BYTES, bytes),
            chunk.target().asSlice(at * Float.BYTES, bytes),
            at);
      }
    } else {
      adjuster.convertCopies(chunk, whole);
    }
    if (whole < chunk.samples()) {
      adjuster.convertLast(chunk, whole);
    }
    return adjuster.counts.tally();
  }

  /** Adjusts samples in scratch memory, which stays in the core's first-level cache. */
  private void convertCopies(Chunk chunk, long whole) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment scratch = arena.allocate(Float.BYTES * Math.clamp(whole, 1, BLOCK_SAMPLES), 64);
      for (long at = 0; at < whole; at += BLOCK_SAMPLES) {
        long bytes = Float.BYTES * Math.min(BLOCK_SAMPLES, whole - at);
        MemorySegment block = scratch.asSlice(0, bytes);
        MemorySegment.copy(chunk.source(), at * Float.BYTES, block, 0, bytes);
        convert(block, block, at);
        MemorySegment.copy(block, 0, chunk.target(), at * Float.BYTES, bytes);
      }
    }
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
    FastOperands.Loop loop = careful > 0 ? FastOperands.Loop.CAREFUL : operands.loop();
    careful = Math.max(0, careful - 1);
    marking = counts.needPlaces();
    specials = 0;
    miscounted = 0;
    int lost =
        switch (loop) {
          case SCALE -> scale(source, target, offset);
          case SCALE_CHECKED -> scaleChecked(source, target, offset);
          case SHIFT -> shift(source, target, offset);
          case SHIFT_CHECKED -> shiftChecked(source, target, offset);
          case CAREFUL ->
              operands.scales()
                  ? scaleCarefully(source, target, offset)
                  : shiftCarefully(source, target, offset);
        };
    int rounded = lost - miscounted;
    if (marking) {
      int width = loop == FastOperands.Loop.CAREFUL ? LANES : VectorWidth.COUNT;
      counts.addRounded(rounded, marks, width, offset);
    } else {
      counts.addRounded(rounded);
    }
    if (specials > MOST_SPECIAL) {
      careful = CAREFUL_BLOCKS;
    }
  }

  /**
   * Adjusts special lanes of a vector, whose place in the target holds their samples.
   *
   * @param first index in the block of the vector's first sample
   * @param lanes a bit for each special lane
   * @param rounded a bit for each lane that the loop takes for rounded
   * @param width number of lanes
   * @param offset index of the block's first sample
   */
  private void convertSpecial(
      MemorySegment target, int first, int lanes, int rounded, int width, long offset) {
    specials += Integer.bitCount(lanes);
    miscounted += Integer.bitCount(lanes & rounded);
    if (marking) {
      marks[first / width] = rounded & ~lanes;
    }
    for (int rest = lanes; rest != 0; rest &= rest - 1) {
      int index = first + Integer.numberOfTrailingZeros(rest);
      int sample = target.get(INT, (long) index * Integer.BYTES);
      int result = operands.there().adjust(sample);
      target.set(INT, (long) index * Integer.BYTES, result);
      if (operands.back().adjust(result) != sample) {
        counts.addLost(result, offset + index);
      }
    }
  }

  // Each loop returns in how many lanes the opposite adjustment does not give the sample again.

  private int scale(MemorySegment anySource, MemorySegment anyTarget, long offset) {
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

  private int scaleChecked(MemorySegment anySource, MemorySegment anyTarget, long offset) {
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

  private int shift(MemorySegment anySource, MemorySegment anyTarget, long offset) {
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

  private int shiftChecked(MemorySegment anySource, MemorySegment anyTarget, long offset) {
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

  private int scaleCarefully(MemorySegment anySource, MemorySegment anyTarget, long offset) {
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

  private int shiftCarefully(MemorySegment anySource, MemorySegment anyTarget, long offset) {
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
