package stops.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.Kernel;
import stops.opencl.api.Program;

/**
 * Compares two kernels on all float16 or float32 samples. The device makes the samples and compares
 * the results, so that nothing is transferred. Confined to one thread.
 */
final class PatternComparison {
  private static final int LOCAL_ITEMS = 64;

  private final ResidentLane lane;
  private final Conversion conversion;
  private final Kernel patterns;
  private final Kernel differences;

  /** A comparison with the buffers of {@code lane}. Closing its context releases the kernels. */
  PatternComparison(ResidentLane lane, Conversion conversion) throws ClException {
    this.lane = lane;
    this.conversion = conversion;
    String options =
        String.format(
            Locale.ROOT,
            "-cl-std=CL1.2 -DSOURCE=%d -DTARGET=%d",
            conversion.source().bytes() * 8,
            conversion.target().bytes() * 8);
    Program program =
        Program.compile(lane.context, KernelSource.read(List.of("patterns.cl")), options);
    this.patterns = Kernel.create(program, "patterns");
    this.differences = Kernel.create(program, "differences");
  }

  /** How many samples a type has, of 16 or 32 bits. */
  static long all(SampleType type) {
    return 1L << (type.bytes() * 8);
  }

  /**
   * Whether {@code one} and {@code other} convert all samples alike.
   *
   * @param count number of samples, from bits 0 on, a multiple of those of {@code chunk}
   * @param chunk memory for the samples of one call, a power of 2 from 64 on
   */
  boolean agree(KernelChoice one, KernelChoice other, long count, Chunk chunk) throws ClException {
    BoundConversion oneJob = BoundConversion.of(conversion, one);
    BoundConversion otherJob = BoundConversion.of(conversion, other);
    DeviceBuffer results =
        DeviceBuffer.create(lane.context, DeviceBuffer.READ_WRITE, chunk.target().byteSize());
    DeviceBuffer flag = DeviceBuffer.create(lane.context, DeviceBuffer.READ_WRITE, Integer.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      CommandQueue queue = lane.queue();
      MemorySegment differ = arena.allocate(ValueLayout.JAVA_INT);
      queue.write(flag, differ);
      for (long done = 0; done < count; done += chunk.samples()) {
        patterns.set(0, lane.source());
        patterns.set(1, (int) done);
        queue.run(patterns, chunk.samples(), LOCAL_ITEMS);
        lane.start(oneJob, chunk, lane.target());
        lane.start(otherJob, chunk, results);
        differences.set(0, lane.target());
        differences.set(1, results);
        differences.set(2, flag);
        queue.run(differences, chunk.samples(), LOCAL_ITEMS);
      }
      queue.read(flag, differ);
      return differ.get(ValueLayout.JAVA_INT, 0) == 0;
    } finally {
      lane.context.dismiss(results);
      lane.context.dismiss(flag);
    }
  }
}
