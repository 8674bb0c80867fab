package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.Exhaustive;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.FloatPatterns;
import stops.opencl.TestDevice;

/**
 * All float32 samples, or every so many, adjusted by the vector loops, the plain code and an OpenCL
 * device, are those of the definition, bit for bit and count for count.
 */
@Exhaustive
class AdjusterExhaustiveTest {
  private static final int CHUNK_SAMPLES = 1 << 22;
  private static final int CHUNKS = (int) (FloatPatterns.count() / CHUNK_SAMPLES);

  @ParameterizedTest
  @CsvSource({
    "SCALE, 1/3",
    "SCALE, -0.97",
    "SCALE, 0.034",
    "SHIFT, 1/3",
    "SHIFT, -0.97",
    "SHIFT, 1.5"
  })
  void everySampleIsAsDefined(Direction direction, String stops) throws Exception {
    Conversion conversion =
        Conversion.adjust(direction, SampleType.FLOAT32, ExactStops.parse(stops));
    try (Engine device = TestDevice.open()) {
      long different =
          IntStream.range(0, CHUNKS)
              .parallel()
              .filter(chunk -> differs(conversion, device, chunk))
              .count();
      assertEquals(0, different, "chunks that differ");
    }
  }

  private static boolean differs(Conversion conversion, Engine device, int number) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment source = arena.allocate((long) Float.BYTES * CHUNK_SAMPLES, 64);
      FloatPatterns.fill(source, (long) number * CHUNK_SAMPLES);
      Chunk defined = chunk(arena, source);
      Tally expected = new ScalarEngine().convert(conversion, defined);
      Chunk vectors = chunk(arena, source);
      Tally byVectors = VectorAdjuster.convert(conversion, vectors);
      Chunk plain = chunk(arena, source);
      Tally byPlainCode = PlainAdjuster.convert(conversion, plain);
      Chunk onDevice = chunk(arena, source);
      Tally byDevice = device.convert(conversion, onDevice);
      return !expected.equals(byVectors)
          || !expected.equals(byPlainCode)
          || !expected.equals(byDevice)
          || defined.target().mismatch(vectors.target()) >= 0
          || defined.target().mismatch(plain.target()) >= 0
          || defined.target().mismatch(onDevice.target()) >= 0;
    } catch (EngineFailure e) {
      throw new AssertionError(e);
    }
  }

  private static Chunk chunk(Arena arena, MemorySegment source) {
    MemorySegment target = arena.allocate((long) Float.BYTES * CHUNK_SAMPLES, 64);
    return Chunk.of(source, target, CHUNK_SAMPLES);
  }
}
