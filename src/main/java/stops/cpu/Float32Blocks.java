package stops.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * Float32 samples to float32 or float16, without gain, block by block, through arrays that stay in
 * the core's first cache. Java's compiler makes vectors of the loops over them, at once and without
 * the module for vectors. Bits become numbers, and numbers bits, by being copied from an array of
 * the one type to an array of the other, since the compiler makes no vectors of that.
 *
 * <p>What is unusual, and what is not certain to be rounded right, is converted again one by one.
 *
 * <p>Confined to one thread.
 */
final class Float32Blocks {
  private static final int BLOCK_SAMPLES = 1 << 10;

  /** Fewer are not worth a block. */
  private static final int FEW_SAMPLES = 1 << 7;

  /** What fills up the last block: usual both as exposure and as intensity. */
  private static final int FILLER = Float.floatToRawIntBits(1.5f);

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long BLOCK_BYTES = (long) BLOCK_SAMPLES * Integer.BYTES;

  private final int[] samples = new int[BLOCK_SAMPLES];
  private final int[] exponents = new int[BLOCK_SAMPLES];
  private final int[] bits = new int[BLOCK_SAMPLES];
  private final float[] numbers = new float[BLOCK_SAMPLES];
  private final float[] results = new float[BLOCK_SAMPLES];
  private final short[] halves;
  private final MemorySegment samplesBytes = MemorySegment.ofArray(samples);
  private final MemorySegment bitsBytes = MemorySegment.ofArray(bits);
  private final MemorySegment numbersBytes = MemorySegment.ofArray(numbers);
  private final MemorySegment resultsBytes = MemorySegment.ofArray(results);
  private final boolean half;
  private final boolean toExposure;
  private final int range;
  private final Chunk chunk;
  private final Float32Scalar scalar;

  private Float32Blocks(Conversion conversion, Chunk chunk, Float32Scalar scalar) {
    half = conversion.target() == SampleType.FLOAT16;
    halves = new short[half ? BLOCK_SAMPLES : 0];
    toExposure = conversion.direction() == Direction.TO_EXPOSURE;
    range = Float.floatToRawIntBits(half ? Exp2Block.HALF_RANGE : Exp2Block.FLOAT_RANGE);
    this.chunk = chunk;
    this.scalar = scalar;
  }

  /** Converts a chunk by a conversion that {@link Float32Scalar#fits}. */
  static Tally convert(Conversion conversion, Chunk chunk) {
    Float32Scalar scalar = new Float32Scalar(conversion, chunk);
    if (chunk.samples() < FEW_SAMPLES) {
      for (long i = 0; i < chunk.samples(); i++) {
        scalar.convert(chunk.source().get(INT, i * Integer.BYTES), i);
      }
    } else {
      Float32Blocks blocks = new Float32Blocks(conversion, chunk, scalar);
      for (long at = 0; at < chunk.samples(); at += BLOCK_SAMPLES) {
        blocks.convert(at, (int) Math.min(BLOCK_SAMPLES, chunk.samples() - at));
      }
    }
    return scalar.tally();
  }

  private void convert(long at, int count) {
    MemorySegment.copy(chunk.source(), INT, at * Integer.BYTES, samples, 0, count);
    for (int i = count; i < BLOCK_SAMPLES; i++) {
      samples[i] = FILLER;
    }
    int unusual = toExposure ? exposures() : intensities();
    if (half) {
      unusual |= HalfRounding.doubtful(bits);
      HalfRounding.round(results, halves);
      MemorySegment.copy(halves, 0, chunk.target(), SHORT, at * Short.BYTES, count);
    } else {
      MemorySegment.copy(bits, 0, chunk.target(), INT, at * Integer.BYTES, count);
    }
    if (unusual < 0) {
      convertUnusual(at, count);
    }
  }

  /** Converts the block to bits and, where they are to be halves, results. */
  private int exposures() {
    Log2Block.mantissas(samples, bits);
    MemorySegment.copy(bitsBytes, 0, numbersBytes, 0, BLOCK_BYTES);
    Log2Block.log2(samples, numbers, results);
    MemorySegment.copy(resultsBytes, 0, bitsBytes, 0, BLOCK_BYTES);
    return Log2Block.unusual(samples);
  }

  private int intensities() {
    int unusual = Exp2Block.unusual(samples, range);
    MemorySegment.copy(samplesBytes, 0, numbersBytes, 0, BLOCK_BYTES);
    Exp2Block.exp2(numbers, exponents, results);
    MemorySegment.copy(resultsBytes, 0, bitsBytes, 0, BLOCK_BYTES);
    Exp2Block.scale(bits, exponents);
    if (half) {
      MemorySegment.copy(bitsBytes, 0, resultsBytes, 0, BLOCK_BYTES);
    }
    return unusual;
  }

  private void convertUnusual(long at, int count) {
    for (int i = 0; i < count; i++) {
      int sample = samples[i];
      int unusual = toExposure ? Log2Block.unusual(sample) : Exp2Block.unusual(sample, range);
      if (half) {
        unusual |= HalfRounding.doubtful(bits[i]);
      }
      if (unusual < 0) {
        scalar.convert(sample, at + i);
      }
    }
  }
}
