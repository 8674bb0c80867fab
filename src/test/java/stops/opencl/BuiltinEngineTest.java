package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.math.Scalar;

final class BuiltinEngineTest {
  private static final int SAMPLES = 1000;

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void deviceComputesWhatItIsGivenNearly(Direction direction) throws Exception {
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
    OpenCl openCl = TestDevice.openCl();
    try (Arena arena = Arena.ofConfined();
        Engine engine = openCl.openBuiltin(TestDevice.of(openCl))) {
      MemorySegment source = arena.allocate(4L * SAMPLES, 64);
      MemorySegment target = arena.allocate(4L * SAMPLES, 64);
      for (int round = 1; round <= 2; round++) {
        for (int i = 0; i < SAMPLES; i++) {
          source.setAtIndex(ValueLayout.JAVA_FLOAT, i, round + i / 64f);
        }
        engine.convert(conversion, Chunk.of(source, target, SAMPLES));
        for (int i = 0; i < SAMPLES; i++) {
          float x = source.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          float found = target.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          double wanted =
              direction == Direction.TO_EXPOSURE ? Scalar.exposure(x) : Scalar.intensity(x);
          // OpenCL allows both functions 3 ULP.
          assertTrue(
              Math.abs(found - wanted) <= 4 * Math.ulp((float) wanted),
              () ->
                  String.format(
                      Locale.ROOT, "%s of %s is %s, not %s", direction, x, found, wanted));
        }
      }
    }
  }
}
