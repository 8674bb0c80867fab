package stops.opencl.api;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import stops.ProcessState;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.opencl.Arithmetic;
import stops.opencl.EngineOptions;
import stops.opencl.OpenCl;
import stops.opencl.TestDevice;

/**
 * Uses an OpenCL device with and without transfers. Prints whether the handlers of the crash
 * signals are unchanged, and the number of JOCL's own threads.
 */
final class JoclClMain {
  private JoclClMain() {}

  /** The argument is a folder for programs. */
  public static void main(String[] arguments) throws Throwable {
    long[] before = ProcessState.handlers();
    OpenCl openCl = OpenCl.probe();
    long[] probed = ProcessState.handlers();
    for (boolean sharedMemory : new boolean[] {true, false}) {
      EngineOptions options =
          TestDevice.options(
              0, 0, Arithmetic.FP64, sharedMemory, new PrivateFolder(Path.of(arguments[0])));
      try (Engine engine = openCl.open(TestDevice.of(openCl), options);
          Arena arena = Arena.ofShared()) {
        MemorySegment source = arena.allocate(4 * 4096, 64);
        MemorySegment target = arena.allocate(4 * 4096, 64);
        engine.convert(
            Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32),
            Chunk.of(source, target, 4096));
      }
    }
    long[] used = ProcessState.handlers();
    System.out.println(
        "handlers kept: " + (Arrays.equals(before, probed) && Arrays.equals(before, used)));
    System.out.println(
        "threads of JOCL: "
            + Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("AsyncOpThread"))
                .count());
  }
}
