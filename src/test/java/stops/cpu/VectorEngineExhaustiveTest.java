package stops.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.Exhaustive;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Definition;
import stops.math.FloatPatterns;

/**
 * The vector engine gives the published results for {@link FloatPatterns}, both ways, and the right
 * float16 results. The plain code, which serves until the vector loops are compiled, gives the same
 * bits and counts as the vector engine working in place.
 */
@Exhaustive
class VectorEngineExhaustiveTest {
  private static final int CHUNK_SAMPLES = 1 << 22;
  private static final int CHUNKS = (int) (FloatPatterns.count() / CHUNK_SAMPLES);

  /** Significand bits that float32 has and a normal float16 has not. */
  private static final int DROPPED = (1 << 13) - 1;

  /** Value of these bits halfway between two float16 numbers. */
  private static final int MIDDLE = 1 << 12;

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void noFloatIsMisrounded(Direction direction) throws Exception {
    Conversion floats = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
    Conversion halves = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT16);
    Definition definition = new Definition(halves);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Arena arena = Arena.ofConfined();
        Engine engine = new VectorEngine(false)) {
      MemorySegment source = arena.allocate(4L * CHUNK_SAMPLES, 64);
      MemorySegment target = arena.allocate(4L * CHUNK_SAMPLES, 64);
      MemorySegment half = arena.allocate(2L * CHUNK_SAMPLES, 64);
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        FloatPatterns.fill(source, (long) chunk * CHUNK_SAMPLES);
        engine.convert(floats, Chunk.of(source, target, CHUNK_SAMPLES));
        digest.update(target.asByteBuffer());
        engine.convert(halves, Chunk.of(source, half, CHUNK_SAMPLES));
        for (int i = 0; i < CHUNK_SAMPLES; i++) {
          checkHalf(
              definition,
              source.get(ValueLayout.JAVA_FLOAT, 4L * i),
              target.get(ValueLayout.JAVA_FLOAT, 4L * i),
              half.get(ValueLayout.JAVA_SHORT, 2L * i));
        }
      }
    }
    assertEquals(FloatPatterns.sha256(direction), HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Rounding a correctly rounded float32 again gives the right float16, with two exceptions: a
   * float32 halfway between two float16 numbers, and one in the range of subnormal float16 numbers,
   * whose halfway points lie elsewhere.
   */
  private static void checkHalf(Definition definition, float x, float exact, short half) {
    boolean doubtful =
        (Float.floatToRawIntBits(exact) & DROPPED) == MIDDLE || Math.abs(exact) < 0x1p-14f;
    short expected =
        doubtful && exact != 0 && exact != Float.MIN_VALUE && Math.abs(exact) > 0x1p-26f
            ? (short) definition.convert(x)
            : Float.floatToFloat16(exact);
    if (half != expected) {
      assertEquals(
          Integer.toHexString(expected), Integer.toHexString(half), () -> Float.toHexString(x));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TO_EXPOSURE,FLOAT16",
    "TO_EXPOSURE,FLOAT32",
    "TO_INTENSITY,FLOAT16",
    "TO_INTENSITY,FLOAT32"
  })
  void plainCodeAgreesBitForBitAndCountForCount(Direction direction, SampleType target) {
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, target);
    long different =
        IntStream.range(0, CHUNKS).parallel().filter(chunk -> differs(conversion, chunk)).count();
    assertEquals(0, different, "chunks that differ");
  }

  private static boolean differs(Conversion conversion, int chunk) {
    try (Arena arena = Arena.ofConfined();
        VectorEngine engine = new VectorEngine(false)) {
      MemorySegment source = arena.allocate((long) Float.BYTES * CHUNK_SAMPLES, 64);
      FloatPatterns.fill(source, (long) chunk * CHUNK_SAMPLES);
      long bytes = (long) conversion.target().bytes() * CHUNK_SAMPLES;
      Chunk plain = Chunk.of(source, arena.allocate(bytes, 64), CHUNK_SAMPLES);
      Tally expected = ArrayBlockConverter.convert(conversion, plain);
      boolean inPlace = conversion.target() == SampleType.FLOAT32;
      MemorySegment target = inPlace ? source : arena.allocate(bytes, 64);
      return !expected.equals(engine.convert(conversion, Chunk.of(source, target, CHUNK_SAMPLES)))
          || plain.target().mismatch(target) != -1;
    }
  }
}
