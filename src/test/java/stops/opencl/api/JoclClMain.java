package stops.opencl.api;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.opencl.EngineOptions;
import stops.opencl.OpenCl;
import stops.opencl.TestDevice;

/**
 * Uses an OpenCL device with and without transfers. Prints whether the handlers of the crash
 * signals are unchanged, and the number of JOCL's own threads.
 */
final class JoclClMain {
  private static final int[] SIGNALS = {4, 5, 6, 7, 8, 11};

  private JoclClMain() {}

  /** The argument is a folder for programs. */
  public static void main(String[] arguments) throws Throwable {
    long[] before = handlers();
    OpenCl openCl = OpenCl.probe();
    long[] probed = handlers();
    for (boolean sharedMemory : new boolean[] {true, false}) {
      EngineOptions options =
          TestDevice.options(0, 0, true, sharedMemory, new PrivateFolder(Path.of(arguments[0])));
      try (Engine engine = openCl.open(TestDevice.of(openCl), options);
          Arena arena = Arena.ofShared()) {
        MemorySegment source = arena.allocate(4 * 4096, 64);
        MemorySegment target = arena.allocate(4 * 4096, 64);
        engine.convert(
            Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32),
            Chunk.of(source, target, 4096));
      }
    }
    long[] used = handlers();
    System.out.println(
        "handlers kept: " + (Arrays.equals(before, probed) && Arrays.equals(before, used)));
    System.out.println(
        "threads of JOCL: "
            + Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("AsyncOpThread"))
                .count());
  }

  /**
   * The addresses of the signal handlers, the first field of C's {@code struct sigaction} on Linux.
   */
  private static long[] handlers() throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle sigaction =
        linker.downcallHandle(
            linker.defaultLookup().find("sigaction").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    long[] handlers = new long[SIGNALS.length];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(512, 16);
      for (int i = 0; i < SIGNALS.length; i++) {
        if ((int) sigaction.invokeExact(SIGNALS[i], MemorySegment.NULL, action) != 0) {
          throw new IllegalStateException("sigaction");
        }
        handlers[i] = action.get(ValueLayout.JAVA_LONG, 0);
      }
    }
    return handlers;
  }
}
