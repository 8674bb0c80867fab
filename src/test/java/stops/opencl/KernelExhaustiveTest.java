package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.Exhaustive;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.math.FloatPatterns;

/**
 * The kernels of every arithmetic give the published results for {@link FloatPatterns}, both ways.
 */
@Exhaustive
final class KernelExhaustiveTest {
  private static final int CHUNK_SAMPLES = 1 << 24;

  @ParameterizedTest
  @CsvSource({
    "TO_EXPOSURE,FP64", "TO_EXPOSURE,PAIRS", "TO_EXPOSURE,INTEGER",
    "TO_INTENSITY,FP64", "TO_INTENSITY,PAIRS", "TO_INTENSITY,INTEGER"
  })
  void noFloatIsMisrounded(Direction direction, Arithmetic arithmetic) throws Exception {
    check(direction, TestDevice.options(0, 0, arithmetic, true, TestDevice.cache()));
  }

  @ParameterizedTest
  @EnumSource
  void noFloatIsMisroundedInPairsWhereSubnormalsAreFlushed(Direction direction) throws Exception {
    EngineOptions options = TestDevice.options(0, 0, Arithmetic.PAIRS, true, TestDevice.cache());
    check(direction, options.withCompiler("-cl-denorms-are-zero"));
  }

  private static void check(Direction direction, EngineOptions options) throws Exception {
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Arena arena = Arena.ofConfined();
        Engine engine = TestDevice.open(options)) {
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
