package stops.opencl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSumTest {
  private static final int SAMPLES = 10_001;

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({"2", "4", "8"})
  void isTheSumOfTheBitsAndThatOfTheirMultiples(int sampleBytes) {
    MemorySegment samples = random(sampleBytes, 1);
    MemorySegment copy = arena.allocate(samples.byteSize(), 8);
    int plain = 0;
    int weighted = 0;
    for (int i = 0; i < SAMPLES; i++) {
      long bits = 0;
      for (int b = sampleBytes - 1; b >= 0; b--) {
        bits = bits << 8 | samples.get(JAVA_BYTE, (long) i * sampleBytes + b) & 0xff;
      }
      int folded = (int) bits + (int) (bits >>> 32) * 0x9e3779b1;
      plain += folded;
      weighted += folded * (i + 1);
    }
    assertEquals(new SampleSum(plain, weighted), SampleSum.copying(samples, copy, sampleBytes));
    assertEquals(-1, samples.mismatch(copy));
  }

  @ParameterizedTest
  @CsvSource({"2", "4", "8"})
  void tellsRunsThatDifferInABitOrAreShiftedOrExchanged(int sampleBytes) {
    MemorySegment samples = random(sampleBytes, 2);
    MemorySegment copy = arena.allocate(samples.byteSize(), 8);
    SampleSum sum = SampleSum.copying(samples, copy, sampleBytes);
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      long at = random.nextInt((int) samples.byteSize());
      byte right = samples.get(JAVA_BYTE, at);
      samples.set(JAVA_BYTE, at, (byte) (right ^ 1 << random.nextInt(8)));
      assertNotEquals(sum, SampleSum.copying(samples, copy, sampleBytes));
      samples.set(JAVA_BYTE, at, right);
    }
    long half = samples.byteSize() / 2 / sampleBytes * sampleBytes;
    MemorySegment other = arena.allocate(samples.byteSize(), 8);
    MemorySegment.copy(samples, half, other, 0, samples.byteSize() - half);
    MemorySegment.copy(samples, 0, other, samples.byteSize() - half, half);
    assertNotEquals(sum, SampleSum.copying(other, copy, sampleBytes));
    other.copyFrom(samples);
    MemorySegment.copy(samples, 0, other, sampleBytes, samples.byteSize() - sampleBytes);
    assertNotEquals(sum, SampleSum.copying(other, copy, sampleBytes));
  }

  private MemorySegment random(int sampleBytes, int seed) {
    byte[] bytes = new byte[SAMPLES * sampleBytes];
    new Random(seed).nextBytes(bytes);
    return arena.allocate(bytes.length, 8).copyFrom(MemorySegment.ofArray(bytes));
  }
}
