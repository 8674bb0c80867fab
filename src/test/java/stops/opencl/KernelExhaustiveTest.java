package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stops.Exhaustive;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.math.FloatPatterns;
import stops.opencl.api.OpenClDevice;

/**
 * The kernels of every arithmetic that the device has give the published results for {@link
 * FloatPatterns}, both ways.
 */
@Exhaustive
final class KernelExhaustiveTest {
  private static final int CHUNK_SAMPLES = 1 << 24;

  /**
   * Each map with each arithmetic that the device has, but for last resorts: Mesa's llvmpipe takes
   * hours in pairs, since it computes each fused multiply-add in software.
   */
  static List<Arguments> kernels() {
    OpenClDevice device = TestDevice.of(TestDevice.openCl());
    List<Arguments> kernels = new ArrayList<>();
    for (Direction direction : Direction.MAPS) {
      Stream.of(Arithmetic.values())
          .filter(each -> each.isOn(device) && !each.isLastResortOn(device))
          .forEach(arithmetic -> kernels.add(Arguments.of(direction, arithmetic)));
    }
    return kernels;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void noFloatIsMisrounded(Direction direction, Arithmetic arithmetic) throws Exception {
    check(direction, TestDevice.options(0, 0, arithmetic, true, TestDevice.cache()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
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
