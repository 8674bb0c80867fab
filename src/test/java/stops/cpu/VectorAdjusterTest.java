package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.engine.Tally;

/** Each vector loop gives the bits and counts of the definition, wherever the results go. */
class VectorAdjusterTest {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final int SAMPLES = 100_003;

  private enum Samples {
    ORDINARY,
    SOME_SPECIAL,
    ANY_BITS,
    ZEROS
  }

  @ParameterizedTest
  @CsvSource({
    "SCALE, 1/3, DIRECT",
    "SCALE, -2, DIRECT",
    "SCALE, 0.034, CHECKED",
    "SCALE, 40.1, CAREFUL",
    "SHIFT, 1.5, DIRECT",
    "SHIFT, -1/3, CHECKED",
    "SHIFT, 1e-10, CAREFUL"
  })
  void bitsAndCountsAreThoseOfTheDefinition(
      Direction direction, String stops, FastOperands.Loop loop) {
    Conversion conversion =
        Conversion.adjust(direction, SampleType.FLOAT32, ExactStops.parse(stops));
    assertEquals(loop, FastOperands.of(conversion).loop());
    for (Samples samples : Samples.values()) {
      for (int channels : new int[] {1, 3}) {
        check(conversion, samples, channels, false);
        check(conversion, samples, channels, true);
      }
    }
  }

  private static void check(Conversion conversion, Samples samples, int channels, boolean inPlace) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(4L * SAMPLES, 64);
      fill(source, samples);
      MemorySegment expected = arena.allocate(4L * SAMPLES, 64);
      Tally counts =
          new ScalarEngine()
              .convert(conversion, new Chunk(source, expected, SAMPLES, channels, channels - 1));
      MemorySegment target = inPlace ? source : arena.allocate(4L * SAMPLES, 64);
      Tally actual =
          VectorAdjuster.convert(
              conversion, new Chunk(source, target, SAMPLES, channels, channels - 1));
      String which = conversion + " of " + samples + " in " + channels + ", in place: " + inPlace;
      assertEquals(-1, expected.mismatch(target), which);
      assertEquals(counts, actual, which);
    }
  }

  /** In arrays as in native memory. */
  @ParameterizedTest
  @CsvSource({"SCALE, 1/3", "SHIFT, -1/3"})
  void arraysAreAdjustedAlike(Direction direction, String stops) {
    Conversion conversion =
        Conversion.adjust(direction, SampleType.FLOAT32, ExactStops.parse(stops));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(4L * SAMPLES, 64);
      fill(source, Samples.SOME_SPECIAL);
      MemorySegment expected = arena.allocate(4L * SAMPLES, 64);
      Tally counts =
          new ScalarEngine().convert(conversion, new Chunk(source, expected, SAMPLES, 3, 1));
      MemorySegment from = MemorySegment.ofArray(source.toArray(INT));
      MemorySegment to = MemorySegment.ofArray(new float[SAMPLES]);
      assertEquals(counts, VectorAdjuster.convert(conversion, new Chunk(from, to, SAMPLES, 3, 1)));
      assertEquals(-1, expected.mismatch(to));
      assertEquals(
          counts, VectorAdjuster.convert(conversion, new Chunk(from, from, SAMPLES, 3, 1)));
      assertEquals(-1, expected.mismatch(from));
    }
  }

  private static void fill(MemorySegment segment, Samples samples) {
    SplittableRandom random = new SplittableRandom(7);
    int[] special = {0, 1 << 31, 0x7f800000, 0xff800000, 0x7fc00000, 1, 0x7f7fffff, 0x00800000};
    for (int i = 0; i < SAMPLES; i++) {
      int bits = Float.floatToRawIntBits((float) random.nextGaussian());
      if (samples == Samples.ANY_BITS) {
        bits = random.nextInt();
      } else if (samples == Samples.ZEROS) {
        bits = i % 50 == 0 ? 1 << 31 : 0;
      } else if (samples == Samples.SOME_SPECIAL && random.nextInt(1000) == 0) {
        bits = special[random.nextInt(special.length)];
      }
      segment.setAtIndex(INT, i, bits);
    }
  }
}
