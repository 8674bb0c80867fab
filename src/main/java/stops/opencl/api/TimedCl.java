package stops.opencl.api;

import static org.jocl.CL.CL_PROFILING_COMMAND_END;
import static org.jocl.CL.CL_PROFILING_COMMAND_START;
import static org.jocl.CL.CL_QUEUE_PROFILING_ENABLE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * The calls of {@link Cl} with event timers, which measure transfers, copies and kernels by the
 * device's clock. Thread-safe where OpenCL is.
 */
public final class TimedCl extends JoclCl {
  private final List<cl_event> events = new ArrayList<>();

  @Override
  public Answer<cl_command_queue> clCreateCommandQueue(cl_context context, cl_device_id device) {
    return commandQueue(context, device, CL_QUEUE_PROFILING_ENABLE);
  }

  @Override
  public int clEnqueueWriteBuffer(
      cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer source) {
    cl_event event = new cl_event();
    return noted(
        event,
        CL.clEnqueueWriteBuffer(
            queue, buffer, true, 0, sizeBytes, Pointer.to(source), 0, null, event));
  }

  @Override
  public int clEnqueueReadBuffer(
      cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer target) {
    cl_event event = new cl_event();
    return noted(
        event,
        CL.clEnqueueReadBuffer(
            queue, buffer, true, 0, sizeBytes, Pointer.to(target), 0, null, event));
  }

  @Override
  public int clEnqueueNDRangeKernel(
      cl_command_queue queue, cl_kernel kernel, long globalItems, long localItems) {
    cl_event event = new cl_event();
    return noted(
        event,
        CL.clEnqueueNDRangeKernel(
            queue,
            kernel,
            1,
            null,
            new long[] {globalItems},
            localItems == 0 ? null : new long[] {localItems},
            0,
            null,
            event));
  }

  @Override
  public int clEnqueueCopyBuffer(
      cl_command_queue queue, cl_mem source, cl_mem target, long sizeBytes) {
    cl_event event = new cl_event();
    return noted(
        event, CL.clEnqueueCopyBuffer(queue, source, target, 0, 0, sizeBytes, 0, null, event));
  }

  private int noted(cl_event event, int status) {
    if (status == ClStatus.SUCCESS) {
      synchronized (events) {
        events.add(event);
      }
    }
    return status;
  }

  /**
   * Total duration of all commands since the last call, in seconds by the device's clock; 0 if
   * unknown. The commands must be complete.
   */
  public double takeSeconds() {
    List<cl_event> taken;
    synchronized (events) {
      taken = List.copyOf(events);
      events.clear();
    }
    double seconds = 0;
    boolean known = true;
    for (cl_event event : taken) {
      double each = seconds(event);
      known &= each > 0;
      seconds += each;
      CL.clReleaseEvent(event);
    }
    return known ? seconds : 0;
  }

  /** Duration of a command in seconds; 0 if unknown. */
  private static double seconds(cl_event event) {
    try {
      long start = nanos(event, CL_PROFILING_COMMAND_START);
      return (nanos(event, CL_PROFILING_COMMAND_END) - start) * 1e-9;
    } catch (ClException e) {
      return 0;
    }
  }

  private static long nanos(cl_event event, int name) throws ClException {
    long[] nanos = new long[1];
    int status = CL.clGetEventProfilingInfo(event, name, Sizeof.cl_ulong, Pointer.to(nanos), null);
    return Answer.of(status, () -> nanos[0]).value("clGetEventProfilingInfo", "an event");
  }
}
