package stops.opencl;

import stops.engine.Direction;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.Kernel;
import stops.opencl.api.Program;

/** The kernel that calls the device's built-in {@code log2} or {@code exp2}, for float32. */
final class BuiltinKernel {
  private static final String OPTIONS = "-cl-std=CL1.2 -DSOURCE=32 -DTARGET=32 -DTO_EXPOSURE=";
  private static final int LOCAL_ITEMS = 64;

  private final Kernel kernel;

  private BuiltinKernel(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Compiles the kernel. Closing {@code context} closes it. */
  static BuiltinKernel compile(Context context, Direction direction) throws ClException {
    String options = OPTIONS + (direction == Direction.TO_EXPOSURE ? 1 : 0);
    Program program = Program.compile(context, KernelSource.builtin(), options);
    return new BuiltinKernel(Kernel.create(program, "builtin"));
  }

  /** Starts the kernel on the first {@code samples} samples. */
  void run(CommandQueue queue, DeviceBuffer source, DeviceBuffer target, long samples)
      throws ClException {
    kernel.set(0, source);
    kernel.set(1, target);
    kernel.set(2, samples);
    queue.run(kernel, Math.ceilDiv(samples, (long) LOCAL_ITEMS) * LOCAL_ITEMS, LOCAL_ITEMS);
  }
}
