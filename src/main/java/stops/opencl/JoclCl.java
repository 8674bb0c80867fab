package stops.opencl;

import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/** The calls of {@link Cl} through JOCL. Thread-safe where OpenCL is. */
class JoclCl implements Cl {

  @Override
  public int clGetPlatformIDs(cl_platform_id @Nullable [] platforms, int @Nullable [] count) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return CL.clGetPlatformIDs(platforms == null ? 0 : platforms.length, platforms, count);
    }
  }

  @Override
  public int clGetPlatformInfo(
      cl_platform_id platform, int name, byte @Nullable [] value, long @Nullable [] sizeBytes) {
    return CL.clGetPlatformInfo(platform, name, length(value), pointer(value), sizeBytes);
  }

  @Override
  public int clGetDeviceIDs(
      cl_platform_id platform,
      long type,
      cl_device_id @Nullable [] devices,
      int @Nullable [] count) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return CL.clGetDeviceIDs(
          platform, type, devices == null ? 0 : devices.length, devices, count);
    }
  }

  @Override
  public int clGetDeviceInfo(
      cl_device_id device, int name, byte @Nullable [] value, long @Nullable [] sizeBytes) {
    return CL.clGetDeviceInfo(device, name, length(value), pointer(value), sizeBytes);
  }

  @Override
  public @Nullable cl_context clCreateContext(cl_device_id device, int[] status) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return CL.clCreateContext(
          new cl_context_properties(), 1, new cl_device_id[] {device}, null, null, status);
    }
  }

  @Override
  public int clReleaseContext(cl_context context) {
    return CL.clReleaseContext(context);
  }

  @Override
  @SuppressWarnings("deprecation") // its successor is missing from OpenCL 1.2 drivers
  public @Nullable cl_command_queue clCreateCommandQueue(
      cl_context context, cl_device_id device, int[] status) {
    return CL.clCreateCommandQueue(context, device, 0, status);
  }

  @Override
  public int clReleaseCommandQueue(cl_command_queue queue) {
    return CL.clReleaseCommandQueue(queue);
  }

  @Override
  public @Nullable cl_program clCreateProgramWithSource(
      cl_context context, String source, int[] status) {
    return CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, status);
  }

  @Override
  public @Nullable cl_program clCreateProgramWithBinary(
      cl_context context, cl_device_id device, byte[] binary, int[] status) {
    int[] binaryStatus = new int[1];
    return CL.clCreateProgramWithBinary(
        context,
        1,
        new cl_device_id[] {device},
        new long[] {binary.length},
        new byte[][] {binary},
        binaryStatus,
        status);
  }

  @Override
  public int clBuildProgram(cl_program program, cl_device_id device, String options) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return CL.clBuildProgram(program, 1, new cl_device_id[] {device}, options, null, null);
    }
  }

  @Override
  public int clGetProgramBuildInfo(
      cl_program program,
      cl_device_id device,
      int name,
      byte @Nullable [] value,
      long @Nullable [] sizeBytes) {
    return CL.clGetProgramBuildInfo(
        program, device, name, length(value), pointer(value), sizeBytes);
  }

  @Override
  public int clGetProgramInfo(cl_program program, byte[][] binary) {
    long[] sizeBytes = new long[1];
    int status =
        CL.clGetProgramInfo(
            program, CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(sizeBytes), null);
    if (status != 0) {
      return status;
    }
    binary[0] = new byte[Math.toIntExact(sizeBytes[0])];
    return CL.clGetProgramInfo(
        program, CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary[0])), null);
  }

  @Override
  public int clReleaseProgram(cl_program program) {
    return CL.clReleaseProgram(program);
  }

  @Override
  public @Nullable cl_kernel clCreateKernel(cl_program program, String name, int[] status) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return CL.clCreateKernel(program, name, status);
    }
  }

  @Override
  public int clReleaseKernel(cl_kernel kernel) {
    return CL.clReleaseKernel(kernel);
  }

  @Override
  public int clSetKernelArg(cl_kernel kernel, int index, cl_mem buffer) {
    return CL.clSetKernelArg(kernel, index, Sizeof.cl_mem, Pointer.to(buffer));
  }

  @Override
  public int clSetKernelArg(cl_kernel kernel, int index, int value) {
    return CL.clSetKernelArg(kernel, index, Sizeof.cl_int, Pointer.to(new int[] {value}));
  }

  @Override
  public int clSetKernelArg(cl_kernel kernel, int index, long value) {
    return CL.clSetKernelArg(kernel, index, Sizeof.cl_long, Pointer.to(new long[] {value}));
  }

  @Override
  public @Nullable cl_mem clCreateBuffer(
      cl_context context, long flags, long sizeBytes, @Nullable ByteBuffer host, int[] status) {
    return CL.clCreateBuffer(
        context, flags, sizeBytes, host == null ? null : Pointer.to(host), status);
  }

  @Override
  public int clReleaseMemObject(cl_mem buffer) {
    return CL.clReleaseMemObject(buffer);
  }

  @Override
  public int clEnqueueWriteBuffer(
      cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer source) {
    return CL.clEnqueueWriteBuffer(
        queue, buffer, true, 0, sizeBytes, Pointer.to(source), 0, null, null);
  }

  @Override
  public int clEnqueueReadBuffer(
      cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer target) {
    return CL.clEnqueueReadBuffer(
        queue, buffer, true, 0, sizeBytes, Pointer.to(target), 0, null, null);
  }

  @Override
  public @Nullable ByteBuffer clEnqueueMapBuffer(
      cl_command_queue queue, cl_mem buffer, long flags, long sizeBytes, int[] status) {
    return CL.clEnqueueMapBuffer(queue, buffer, false, flags, 0, sizeBytes, 0, null, null, status);
  }

  @Override
  public int clEnqueueUnmapMemObject(cl_command_queue queue, cl_mem buffer, ByteBuffer mapped) {
    try {
      return (int)
          Unmap.CALL.invokeExact(
              queue, buffer, mapped, 0, (cl_event @Nullable []) null, (@Nullable cl_event) null);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public int clEnqueueNDRangeKernel(
      cl_command_queue queue, cl_kernel kernel, long globalItems, long localItems) {
    return CL.clEnqueueNDRangeKernel(
        queue,
        kernel,
        1,
        null,
        new long[] {globalItems},
        localItems == 0 ? null : new long[] {localItems},
        0,
        null,
        null);
  }

  @Override
  public int clFinish(cl_command_queue queue) {
    return CL.clFinish(queue);
  }

  /**
   * JOCL's unmapping without the thread that its public method starts to wait for the end of it.
   * That thread calls the driver while ours do, and after the end of the program has begun. Some
   * drivers crash on the first, others on the second.
   */
  private static final class Unmap {
    static final MethodHandle CALL = find();

    private static MethodHandle find() {
      try {
        return MethodHandles.privateLookupIn(CL.class, MethodHandles.lookup())
            .findStatic(
                CL.class,
                "clEnqueueUnmapMemObjectNative",
                MethodType.methodType(
                    int.class,
                    cl_command_queue.class,
                    cl_mem.class,
                    ByteBuffer.class,
                    int.class,
                    cl_event[].class,
                    cl_event.class));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("Stops needs JOCL 2.0.6, not another version", e);
      }
    }
  }

  private static long length(byte @Nullable [] value) {
    return value == null ? 0 : value.length;
  }

  private static @Nullable Pointer pointer(byte @Nullable [] value) {
    return value == null ? null : Pointer.to(value);
  }
}
