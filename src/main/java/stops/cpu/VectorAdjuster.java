package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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
abstract sealed class VectorAdjuster permits ScaleAdjuster, ShiftAdjuster {
  private static final PerConversion<FastOperands> OPERANDS = new PerConversion<>(FastOperands::of);

  /** A chunk is done in blocks, so that it can change to the careful loop. */
  private static final int BLOCK_SAMPLES = 1 << 13;

  static final VectorSpecies<Float> FLOATS = VectorWidth.HALF_FLOATS;
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  static final int LANES = DOUBLES.length();

  static final int SIGN = 0x8000_0000;
  static final int INFINITY = 0x7f80_0000;

  /** A block with more special samples than this is followed by careful blocks. */
  private static final int MOST_SPECIAL = BLOCK_SAMPLES / 64;

  private static final int CAREFUL_BLOCKS = 16;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  final FastOperands operands;
  private final AdjustmentCounts counts;

  /** Whether the loops mark the lanes that are rounded, besides counting them. */
  boolean marking;

  /** For each vector of a block, a bit for each lane that is rounded. */
  final int[] marks = new int[BLOCK_SAMPLES / LANES];

  /** Number of special samples of a block. */
  private int specials;

  /** Number of special lanes of a block that a loop has counted as rounded. */
  private int miscounted;

  /** Number of blocks to come of the careful loop. */
  private int careful;

  VectorAdjuster(FastOperands operands, Chunk chunk) {
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
    FastOperands operands = OPERANDS.get(conversion);
    VectorAdjuster adjuster =
        operands.scales() ? new ScaleAdjuster(operands, chunk) : new ShiftAdjuster(operands, chunk);
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
          case DIRECT -> direct(source, target, offset);
          case CHECKED -> checked(source, target, offset);
          case CAREFUL -> careful(source, target, offset);
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
  final void convertSpecial(
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

  /** The loop whose results are all right, but for special samples. */
  abstract int direct(MemorySegment source, MemorySegment target, long offset);

  /** The loop that sees by a bound of the error which results are right. */
  abstract int checked(MemorySegment source, MemorySegment target, long offset);

  /** The loop in double precision. */
  abstract int careful(MemorySegment source, MemorySegment target, long offset);
}
