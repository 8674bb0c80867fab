package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.Exhaustive;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.math.FloatPatterns;

/** Both kernel variants give the published results for {@link FloatPatterns}, both ways. */
@Exhaustive
final class KernelExhaustiveTest {
  private static final int CHUNK_SAMPLES = 1 << 24;

  @ParameterizedTest
  @CsvSource({"TO_EXPOSURE,true", "TO_EXPOSURE,false", "TO_INTENSITY,true", "TO_INTENSITY,false"})
  void noFloatIsMisrounded(Direction direction, boolean fp64) throws Exception {
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Arena arena = Arena.ofConfined();
        Engine engine = TestDevice.open(TestDevice.options(0, 0, fp64, true, TestDevice.cache()))) {
      MemorySegment source = arena.allocate(4L * CHUNK_SAMPLES, 64);
      MemorySegment target = arena.allocate(4L * CHUNK_SAMPLES, 64);
      for (long first = 0; first < FloatPatterns.count(); first += CHUNK_SAMPLES) {
        FloatPatterns.fill(source, first);
        engine.convert(conversion, Chunk.of(source, target, CHUNK_SAMPLES));
        digest.update(target.asByteBuffer());
      }
    }
    assertEquals(FloatPatterns.sha256(direction), HexFormat.of().formatHex(digest.digest()));
  }
}
