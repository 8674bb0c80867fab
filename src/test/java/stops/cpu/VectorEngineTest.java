package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineTest;
import stops.engine.SampleType;
import stops.engine.Tally;

class VectorEngineTest extends EngineTest {
  private final Engine scalar = new ScalarEngine();
  private final Engine vector = new VectorEngine(false);

  @Override
  protected Engine open() {
    return new VectorEngine(false);
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void float32NextToEveryBoundaryIsConvertedAsTheScalarEngineDoes(Conversion conversion)
      throws Exception {
    if (conversion.source() != SampleType.FLOAT32) {
      return;
    }
    float[] boundaries = {
      0,
      0x1p-126f,
      1,
      0x1.fffd1ep3f,
      16,
      25,
      24,
      14,
      126,
      127,
      128,
      149,
      150,
      0x1p-25f,
      65504,
      65520,
      0x1p-14f,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY
    };
    int around = 100;
    int samples = boundaries.length * 4 * around;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(4L * samples);
      long at = 0;
      for (float boundary : boundaries) {
        for (int sign : new int[] {0, Integer.MIN_VALUE}) {
          for (int i = -around; i < around; i++) {
            source.setAtIndex(
                ValueLayout.JAVA_INT, at++, (Float.floatToRawIntBits(boundary) + i) ^ sign);
          }
        }
      }
      long bytes = (long) samples * conversion.target().bytes();
      Chunk expected = new Chunk(source, arena.allocate(bytes), samples, 3, 1);
      Chunk actual = new Chunk(source, arena.allocate(bytes), samples, 3, 1);
      Tally expectedTally = scalar.convert(conversion, expected);
      assertEquals(expectedTally, vector.convert(conversion, actual));
      assertEquals(-1, expected.target().mismatch(actual.target()));
    }
  }

  /** Every float16, several times, in arrays and in native memory. */
  @ParameterizedTest
  @CsvSource({
    "TO_EXPOSURE, FLOAT16",
    "TO_EXPOSURE, FLOAT32",
    "TO_INTENSITY, FLOAT16",
    "TO_INTENSITY, FLOAT32"
  })
  void everyHalfIsConvertedAsDefined(Direction direction, SampleType target) {
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT16, target);
    int samples = 3 * 65536 + 5;
    short[] halves = new short[samples];
    for (int i = 0; i < samples; i++) {
      halves[i] = (short) (i * 40503);
    }
    MemorySegment source = MemorySegment.ofArray(halves);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment expected = arena.allocate((long) target.bytes() * samples);
      Tally counts =
          new ScalarEngine().convert(conversion, new Chunk(source, expected, samples, 5, 2));
      MemorySegment array = MemorySegment.ofArray(new byte[samples * target.bytes()]);
      Tally found =
          VectorEngine.convertByVectors(conversion, new Chunk(source, array, samples, 5, 2));
      assertEquals(counts, found);
      assertEquals(-1, expected.mismatch(array));
      MemorySegment nativeSource = arena.allocate(2L * samples + 1, 1).asSlice(1);
      nativeSource.copyFrom(source);
      MemorySegment nativeTarget = arena.allocate((long) target.bytes() * samples);
      found =
          VectorEngine.convertByVectors(
              conversion, new Chunk(nativeSource, nativeTarget, samples, 5, 2));
      assertEquals(counts, found);
      assertEquals(-1, expected.mismatch(nativeTarget));
    }
  }

  /** Results halfway between two float16 numbers below the normal ones, or next to that. */
  @Test
  void tiesOfSubnormalHalvesAreRoundedOnce() {
    float[] samples = new float[3 * 1024];
    for (int i = 0; i < 1024; i++) {
      float nearest = (float) (Math.log((i + 0.5) * 0x1p-24) / Math.log(2));
      samples[3 * i] = nearest;
      samples[3 * i + 1] = Math.nextUp(nearest);
      samples[3 * i + 2] = Math.nextDown(nearest);
    }
    checkHalves(Direction.TO_INTENSITY, samples);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 1 + (i - 1024) * 0x1p-24f;
    }
    checkHalves(Direction.TO_EXPOSURE, samples);
  }

  private static void checkHalves(Direction direction, float[] samples) {
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT16);
    MemorySegment source = MemorySegment.ofArray(samples);
    MemorySegment expected = MemorySegment.ofArray(new short[samples.length]);
    MemorySegment found = MemorySegment.ofArray(new short[samples.length]);
    Tally counts =
        new ScalarEngine().convert(conversion, Chunk.of(source, expected, samples.length));
    assertEquals(
        counts, VectorEngine.convertByVectors(conversion, Chunk.of(source, found, samples.length)));
    assertEquals(-1, expected.mismatch(found));
  }
}
