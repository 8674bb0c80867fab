package stops.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.pool.PoolLimits;
import stops.math.Definition;
import stops.math.RawSamples;
import stops.math.SampleBits;

/**
 * Converts small chunks of awkward sizes with every kernel on the first device. Prints the number
 * of right conversions.
 */
final class OclgrindMain {
  private static final int[] COUNTS = {1, 13, 207};

  private OclgrindMain() {}

  /** A way to convert. */
  private record Way(Arithmetic arithmetic, boolean sharedMemory) {}

  /** Limits without an end, because Oclgrind is slow. */
  private static final PoolLimits PATIENT = new PoolLimits(nanos -> false, Duration.ZERO);

  /** The argument is a folder for programs. */
  public static void main(String[] arguments) throws Exception {
    OpenCl openCl = OpenCl.probe();
    int right = 0;
    for (Way way :
        List.of(
            new Way(Arithmetic.FP64, true),
            new Way(Arithmetic.PAIRS, true),
            new Way(Arithmetic.INTEGER, true),
            new Way(Arithmetic.FP64, false))) {
      EngineOptions options =
          new EngineOptions(
              1,
              0,
              List.of(way.arithmetic()),
              way.sharedMemory(),
              false,
              "-cl-opt-disable",
              new PrivateFolder(Path.of(arguments[0])));
      try (Engine engine = openCl.open(openCl.devices().getFirst(), options, PATIENT)) {
        for (Direction direction : Direction.MAPS) {
          for (SampleType source : SampleType.values()) {
            for (SampleType target : SampleType.values()) {
              for (double gain : new double[] {0, 0.3}) {
                Conversion conversion =
                    new Conversion(direction, source, target, gain, stops.engine.ZeroPolicy.INF);
                right += convert(engine, conversion);
              }
            }
          }
        }
      }
    }
    System.out.println("right " + right);
  }

  private static int convert(Engine engine, Conversion conversion) throws Exception {
    Definition definition = new Definition(conversion);
    for (int count : COUNTS) {
      for (int channels : new int[] {1, 3}) {
        try (Arena arena = Arena.ofShared()) {
          MemorySegment source = arena.allocate((long) count * conversion.source().bytes(), 64);
          MemorySegment target = arena.allocate((long) count * conversion.target().bytes(), 64);
          for (int i = 0; i < count; i++) {
            long bits = i % 5 == 0 ? -i : SampleBits.infinity(conversion.source()) / 2 + i * 977L;
            RawSamples.put(source, conversion.source(), i, bits);
          }
          engine.convert(conversion, new Chunk(source, target, count, channels, 0)).channels();
          for (int i = 0; i < count; i++) {
            long sample = RawSamples.get(source, conversion.source(), i);
            long expected = definition.convert(SampleBits.value(conversion.source(), sample));
            if (RawSamples.get(target, conversion.target(), i) != expected) {
              System.out.println("wrong: " + conversion + " of " + Long.toHexString(sample));
              return 0;
            }
          }
        }
      }
    }
    return 1;
  }
}
