package stops.opencl;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * A checksum of a run of samples, to verify transfers. With {@code b} the bits of sample {@code i},
 * it consists of the sums of {@code b} and of {@code b * (i + 1)}, modulo 2^32. For float64, {@code
 * b} is the low half plus {@link #HIGH_FACTOR} times the high half. {@code kernels/sums.cl}
 * computes the same.
 *
 * <p>Two runs that differ in one sample of float16 or float32 always have different checksums.
 * Other runs that differ have equal checksums with a probability of about 2^-64.
 *
 * @param plain the sum of the samples' bits
 * @param weighted the sum of the samples' bits, each multiplied by {@code i + 1}
 */
record SampleSum(int plain, int weighted) {
  private static final int HIGH_FACTOR = 0x9e3779b1;

  /** Samples copied at a time, few enough to be in the innermost cache when they are summed. */
  private static final int BLOCK_SAMPLES = 4096;

  /** Copies samples between native memory and returns their checksum. */
  static SampleSum copying(MemorySegment from, MemorySegment to, int sampleBytes) {
    return switch (sampleBytes) {
      case Short.BYTES -> copyingShorts(from, to);
      case Integer.BYTES -> copyingInts(from, to);
      default -> copyingLongs(from, to);
    };
  }

  private static SampleSum copyingShorts(MemorySegment from, MemorySegment to) {
    short[] block = new short[BLOCK_SAMPLES];
    SampleSum sum = new SampleSum(0, 0);
    long samples = from.byteSize() / Short.BYTES;
    for (long at = 0; at < samples; at += BLOCK_SAMPLES) {
      int count = (int) Math.min(BLOCK_SAMPLES, samples - at);
      long offset = at * Short.BYTES;
      MemorySegment.copy(from, JAVA_SHORT_UNALIGNED, offset, block, 0, count);
      int plain = 0;
      int weighted = 0;
      for (int i = 0; i < count; i++) {
        int bits = block[i] & 0xffff;
        plain += bits;
        weighted += bits * (i + 1);
      }
      sum = sum.then(at, plain, weighted);
      MemorySegment.copy(block, 0, to, JAVA_SHORT_UNALIGNED, offset, count);
    }
    return sum;
  }

  private static SampleSum copyingInts(MemorySegment from, MemorySegment to) {
    int[] block = new int[BLOCK_SAMPLES];
    SampleSum sum = new SampleSum(0, 0);
    long samples = from.byteSize() / Integer.BYTES;
    for (long at = 0; at < samples; at += BLOCK_SAMPLES) {
      int count = (int) Math.min(BLOCK_SAMPLES, samples - at);
      long offset = at * Integer.BYTES;
      MemorySegment.copy(from, JAVA_INT_UNALIGNED, offset, block, 0, count);
      int plain = 0;
      int weighted = 0;
      for (int i = 0; i < count; i++) {
        plain += block[i];
        weighted += block[i] * (i + 1);
      }
      sum = sum.then(at, plain, weighted);
      MemorySegment.copy(block, 0, to, JAVA_INT_UNALIGNED, offset, count);
    }
    return sum;
  }

  private static SampleSum copyingLongs(MemorySegment from, MemorySegment to) {
    long[] block = new long[BLOCK_SAMPLES];
    SampleSum sum = new SampleSum(0, 0);
    long samples = from.byteSize() / Long.BYTES;
    for (long at = 0; at < samples; at += BLOCK_SAMPLES) {
      int count = (int) Math.min(BLOCK_SAMPLES, samples - at);
      long offset = at * Long.BYTES;
      MemorySegment.copy(from, JAVA_LONG_UNALIGNED, offset, block, 0, count);
      int plain = 0;
      int weighted = 0;
      for (int i = 0; i < count; i++) {
        int bits = (int) block[i] + (int) (block[i] >>> 32) * HIGH_FACTOR;
        plain += bits;
        weighted += bits * (i + 1);
      }
      sum = sum.then(at, plain, weighted);
      MemorySegment.copy(block, 0, to, JAVA_LONG_UNALIGNED, offset, count);
    }
    return sum;
  }

  /** The checksum of this run, {@code at} samples long, followed by another one. */
  private SampleSum then(long at, int plainOfNext, int weightedOfNext) {
    return new SampleSum(plain + plainOfNext, weighted + weightedOfNext + (int) at * plainOfNext);
  }
}
