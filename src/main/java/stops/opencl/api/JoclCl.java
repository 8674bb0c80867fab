package stops.opencl.api;

import static org.jocl.CL.CL_KERNEL_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jocl.CL;
import org.jocl.NativePointerObject;
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
public class JoclCl implements Cl {

  @Override
  public Answer<Integer> clGetPlatformIDs() {
    int[] count = new int[1];
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return Answer.of(CL.clGetPlatformIDs(0, null, count), () -> count[0]);
    }
  }

  @Override
  public Answer<List<cl_platform_id>> clGetPlatformIDs(int room) {
    cl_platform_id[] platforms = new cl_platform_id[room];
    int[] count = new int[1];
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return Answer.of(
          CL.clGetPlatformIDs(room, platforms, count), () -> objects(platforms, count[0]));
    }
  }

  @Override
  public @Nullable String library(cl_platform_id platform) {
    return LoadedLibrary.ofObject(platform.getNativePointer());
  }

  @Override
  public Answer<Long> clGetPlatformInfo(cl_platform_id platform, int name) {
    long[] sizeBytes = new long[1];
    return Answer.of(CL.clGetPlatformInfo(platform, name, 0, null, sizeBytes), () -> sizeBytes[0]);
  }

  @Override
  public Answer<byte[]> clGetPlatformInfo(cl_platform_id platform, int name, int room) {
    byte[] value = new byte[room];
    return Answer.of(
        CL.clGetPlatformInfo(platform, name, room, Pointer.to(value), null), () -> value);
  }

  @Override
  public Answer<Integer> clGetDeviceIDs(cl_platform_id platform, long type) {
    int[] count = new int[1];
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return Answer.of(CL.clGetDeviceIDs(platform, type, 0, null, count), () -> count[0]);
    }
  }

  @Override
  public Answer<List<cl_device_id>> clGetDeviceIDs(cl_platform_id platform, long type, int room) {
    cl_device_id[] devices = new cl_device_id[room];
    int[] count = new int[1];
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return Answer.of(
          CL.clGetDeviceIDs(platform, type, room, devices, count),
          () -> objects(devices, count[0]));
    }
  }

  /** The distinct objects among the first {@code count} that are not null. */
  private static <T extends NativePointerObject> List<T> objects(T[] objects, int count) {
    return Arrays.stream(objects)
        .limit(Math.min(Integer.toUnsignedLong(count), objects.length))
        .filter(object -> object != null && object.getNativePointer() != 0)
        .distinct()
        .toList();
  }

  @Override
  public Answer<Long> clGetDeviceInfo(cl_device_id device, int name) {
    long[] sizeBytes = new long[1];
    return Answer.of(CL.clGetDeviceInfo(device, name, 0, null, sizeBytes), () -> sizeBytes[0]);
  }

  @Override
  public Answer<byte[]> clGetDeviceInfo(cl_device_id device, int name, int room) {
    byte[] value = new byte[room];
    return Answer.of(CL.clGetDeviceInfo(device, name, room, Pointer.to(value), null), () -> value);
  }

  /** Makes a call that returns an object and stores its status in the given array. */
  private static <T> Answer<T> created(Function<int[], @Nullable T> call) {
    int[] status = new int[1];
    @Nullable T object = call.apply(status);
    return Answer.of(status[0], () -> object);
  }

  @Override
  public Answer<cl_context> clCreateContext(cl_device_id device) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return created(status ->
          CL.clCreateContext(
              new cl_context_properties(), 1, new cl_device_id[] {device}, null, null, status));
    }
  }

  @Override
  public int clReleaseContext(cl_context context) {
    return CL.clReleaseContext(context);
  }

  @Override
  public Answer<cl_command_queue> clCreateCommandQueue(cl_context context, cl_device_id device) {
    return commandQueue(context, device, 0);
  }

  @SuppressWarnings("deprecation") // The successor is missing from OpenCL 1.2 drivers.
  final Answer<cl_command_queue> commandQueue(
      cl_context context, cl_device_id device, long properties) {
    return created(status -> CL.clCreateCommandQueue(context, device, properties, status));
  }

  @Override
  public int clReleaseCommandQueue(cl_command_queue queue) {
    return CL.clReleaseCommandQueue(queue);
  }

  @Override
  public Answer<cl_program> clCreateProgramWithSource(cl_context context, String source) {
    return created(
        status -> CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, status));
  }

  @Override
  public Answer<cl_program> clCreateProgramWithBinary(
      cl_context context, cl_device_id device, byte[] binary) {
    return created(status ->
        CL.clCreateProgramWithBinary(
            context,
            1,
            new cl_device_id[] {device},
            new long[] {binary.length},
            new byte[][] {binary},
            new int[1],
            status));
  }

  @Override
  public int clBuildProgram(cl_program program, cl_device_id device, String options) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return CL.clBuildProgram(program, 1, new cl_device_id[] {device}, options, null, null);
    }
  }

  @Override
  public Answer<Long> clGetProgramBuildInfo(cl_program program, cl_device_id device, int name) {
    long[] sizeBytes = new long[1];
    return Answer.of(
        CL.clGetProgramBuildInfo(program, device, name, 0, null, sizeBytes), () -> sizeBytes[0]);
  }

  @Override
  public Answer<byte[]> clGetProgramBuildInfo(
      cl_program program, cl_device_id device, int name, int room) {
    byte[] value = new byte[room];
    return Answer.of(
        CL.clGetProgramBuildInfo(program, device, name, room, Pointer.to(value), null),
        () -> value);
  }

  @Override
  public Answer<Long> clGetProgramInfo(cl_program program) {
    long[] sizeBytes = new long[1];
    return Answer.of(
        CL.clGetProgramInfo(
            program, CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(sizeBytes), null),
        () -> sizeBytes[0]);
  }

  @Override
  public Answer<byte[]> clGetProgramInfo(cl_program program, int sizeBytes) {
    byte[] binary = new byte[sizeBytes];
    return Answer.of(
        CL.clGetProgramInfo(
            program, CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null),
        () -> binary);
  }

  @Override
  public int clReleaseProgram(cl_program program) {
    return CL.clReleaseProgram(program);
  }

  @Override
  public Answer<cl_kernel> clCreateKernel(cl_program program, String name) {
    try (SignalHandlers kept = SignalHandlers.keep()) {
      return created(status -> CL.clCreateKernel(program, name, status));
    }
  }

  @Override
  public int clReleaseKernel(cl_kernel kernel) {
    return CL.clReleaseKernel(kernel);
  }

  @Override
  public Answer<Long> clGetKernelWorkGroupInfo(cl_kernel kernel, cl_device_id device) {
    long[] items = new long[1];
    return Answer.of(
        CL.clGetKernelWorkGroupInfo(
            kernel, device, CL_KERNEL_WORK_GROUP_SIZE, Sizeof.size_t, Pointer.to(items), null),
        () -> items[0]);
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
  public Answer<cl_mem> clCreateBuffer(
      cl_context context, long flags, long sizeBytes, @Nullable ByteBuffer host) {
    return created(status ->
        CL.clCreateBuffer(
            context, flags, sizeBytes, host == null ? null : Pointer.to(host), status));
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
  public Answer<ByteBuffer> clEnqueueMapBuffer(
      cl_command_queue queue, cl_mem buffer, long flags, long sizeBytes) {
    return created(status ->
        CL.clEnqueueMapBuffer(queue, buffer, false, flags, 0, sizeBytes, 0, null, null, status));
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
  public int clEnqueueCopyBuffer(
      cl_command_queue queue, cl_mem source, cl_mem target, long sizeBytes) {
    return CL.clEnqueueCopyBuffer(queue, source, target, 0, 0, sizeBytes, 0, null, null);
  }

  @Override
  public int clFinish(cl_command_queue queue) {
    return CL.clFinish(queue);
  }

  /**
   * JOCL's native unmapping. JOCL's public method also starts a thread that waits for its end. This
   * thread calls the driver at the same time as our threads, and while the program exits. Some
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
}
