package stops.opencl;

import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL 1.2 calls that Stops makes, one method each, under their own names and with their own
 * status codes. The seam where tests make a driver fail.
 *
 * <p>Calls that create an object store the status in {@code status[0]} and return null unless it is
 * 0. All others return the status. Memory is passed as direct byte buffers, which stand for their
 * whole memory, whatever their position. Calls that transfer memory return when that is done.
 */
interface Cl {

  int clGetPlatformIDs(cl_platform_id @Nullable [] platforms, int @Nullable [] count);

  int clGetPlatformInfo(
      cl_platform_id platform, int name, byte @Nullable [] value, long @Nullable [] sizeBytes);

  int clGetDeviceIDs(
      cl_platform_id platform,
      long type,
      cl_device_id @Nullable [] devices,
      int @Nullable [] count);

  int clGetDeviceInfo(
      cl_device_id device, int name, byte @Nullable [] value, long @Nullable [] sizeBytes);

  @Nullable cl_context clCreateContext(cl_device_id device, int[] status);

  int clReleaseContext(cl_context context);

  @Nullable cl_command_queue clCreateCommandQueue(
      cl_context context, cl_device_id device, int[] status);

  int clReleaseCommandQueue(cl_command_queue queue);

  @Nullable cl_program clCreateProgramWithSource(cl_context context, String source, int[] status);

  @Nullable cl_program clCreateProgramWithBinary(
      cl_context context, cl_device_id device, byte[] binary, int[] status);

  int clBuildProgram(cl_program program, cl_device_id device, String options);

  int clGetProgramBuildInfo(
      cl_program program,
      cl_device_id device,
      int name,
      byte @Nullable [] value,
      long @Nullable [] sizeBytes);

  /** The program's binary for its only device, in {@code binary[0]}. */
  int clGetProgramInfo(cl_program program, byte[][] binary);

  int clReleaseProgram(cl_program program);

  @Nullable cl_kernel clCreateKernel(cl_program program, String name, int[] status);

  int clReleaseKernel(cl_kernel kernel);

  int clSetKernelArg(cl_kernel kernel, int index, cl_mem buffer);

  int clSetKernelArg(cl_kernel kernel, int index, int value);

  int clSetKernelArg(cl_kernel kernel, int index, long value);

  @Nullable cl_mem clCreateBuffer(
      cl_context context, long flags, long sizeBytes, @Nullable ByteBuffer host, int[] status);

  int clReleaseMemObject(cl_mem buffer);

  int clEnqueueWriteBuffer(
      cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer source);

  int clEnqueueReadBuffer(cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer target);

  @Nullable ByteBuffer clEnqueueMapBuffer(
      cl_command_queue queue, cl_mem buffer, long flags, long sizeBytes, int[] status);

  int clEnqueueUnmapMemObject(cl_command_queue queue, cl_mem buffer, ByteBuffer mapped);

  int clEnqueueNDRangeKernel(
      cl_command_queue queue, cl_kernel kernel, long globalItems, long localItems);

  int clFinish(cl_command_queue queue);
}
