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
 * Converts float32 samples to float32 or float16, without gain, in blocks. A block is copied to
 * arrays that stay in the core's first-level cache. Java's compiler makes vector instructions of
 * the loops over these arrays by itself, without the Vector API. It does not do so for conversions
 * between numbers and their bits, which are therefore copies from an array of one type to an array
 * of the other.
 *
 * <p>Unusual samples, and results that may be misrounded, are converted again one by one.
 *
 * <p>Confined to one thread.
 */
final class ArrayBlockConverter {
  private static final int BLOCK_SAMPLES = 1 << 10;

  /** Chunks with fewer samples are converted one by one. */
  private static final int FEW_SAMPLES = 1 << 7;

  /** Bit pattern of the sample that fills up the last block: usual as exposure and as intensity. */
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

  private ArrayBlockConverter(Conversion conversion, Chunk chunk, Float32Scalar scalar) {
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
      ArrayBlockConverter converter = new ArrayBlockConverter(conversion, chunk, scalar);
      for (long at = 0; at < chunk.samples(); at += BLOCK_SAMPLES) {
        converter.convert(at, (int) Math.min(BLOCK_SAMPLES, chunk.samples() - at));
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

  /**
   * Converts intensities to exposures in {@code results}, with their bit patterns in {@code bits}.
   * Returns a negative number if any sample is unusual.
   */
  private int exposures() {
    Log2Block.mantissas(samples, bits);
    MemorySegment.copy(bitsBytes, 0, numbersBytes, 0, BLOCK_BYTES);
    Log2Block.log2(samples, numbers, results);
    MemorySegment.copy(resultsBytes, 0, bitsBytes, 0, BLOCK_BYTES);
    return Log2Block.unusual(samples);
  }

  /**
   * Converts exposures to intensities in {@code bits} and, for float16, also in {@code results}.
   * Returns a negative number if any sample is unusual.
   */
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
