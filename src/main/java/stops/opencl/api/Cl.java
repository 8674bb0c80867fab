package stops.opencl.api;

import java.nio.ByteBuffer;
import java.util.List;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL 1.2 calls that Stops makes, one method each, with OpenCL's names and status codes.
 * Tests replace this interface to make a driver fail.
 *
 * <p>There are no out parameters. A call with a result returns an {@link Answer}, all others return
 * their status. Memory is passed as direct byte buffers. A buffer stands for its whole memory; its
 * position is ignored. Calls that transfer memory return when the transfer is complete.
 */
public interface Cl {

  /** The number of platforms. */
  Answer<Integer> clGetPlatformIDs();

  /** At most the first {@code room} platforms. */
  Answer<List<cl_platform_id>> clGetPlatformIDs(int room);

  /** The size of the answer, in bytes. */
  Answer<Long> clGetPlatformInfo(cl_platform_id platform, int name);

  /** The file of the library that serves {@code platform}; null if it is not known. */
  @Nullable String library(cl_platform_id platform);

  /** The answer of at most {@code room} bytes, padded with zeros. */
  Answer<byte[]> clGetPlatformInfo(cl_platform_id platform, int name, int room);

  /** The number of devices. */
  Answer<Integer> clGetDeviceIDs(cl_platform_id platform, long type);

  /** At most the first {@code room} devices. */
  Answer<List<cl_device_id>> clGetDeviceIDs(cl_platform_id platform, long type, int room);

  /** The size of the answer, in bytes. */
  Answer<Long> clGetDeviceInfo(cl_device_id device, int name);

  /** The answer of at most {@code room} bytes, padded with zeros. */
  Answer<byte[]> clGetDeviceInfo(cl_device_id device, int name, int room);

  Answer<cl_context> clCreateContext(cl_device_id device);

  int clReleaseContext(cl_context context);

  Answer<cl_command_queue> clCreateCommandQueue(cl_context context, cl_device_id device);

  int clReleaseCommandQueue(cl_command_queue queue);

  Answer<cl_program> clCreateProgramWithSource(cl_context context, String source);

  Answer<cl_program> clCreateProgramWithBinary(
      cl_context context, cl_device_id device, byte[] binary);

  int clBuildProgram(cl_program program, cl_device_id device, String options);

  /** The size of the answer, in bytes. */
  Answer<Long> clGetProgramBuildInfo(cl_program program, cl_device_id device, int name);

  /** The answer of at most {@code room} bytes, padded with zeros. */
  Answer<byte[]> clGetProgramBuildInfo(cl_program program, cl_device_id device, int name, int room);

  /** The size of the program's binary for its only device, in bytes. */
  Answer<Long> clGetProgramInfo(cl_program program);

  /** The program's binary of {@code sizeBytes} bytes for its only device. */
  Answer<byte[]> clGetProgramInfo(cl_program program, int sizeBytes);

  int clReleaseProgram(cl_program program);

  Answer<cl_kernel> clCreateKernel(cl_program program, String name);

  int clReleaseKernel(cl_kernel kernel);

  /** The most work-items that the device runs in a work-group of {@code kernel}. */
  Answer<Long> clGetKernelWorkGroupInfo(cl_kernel kernel, cl_device_id device);

  int clSetKernelArg(cl_kernel kernel, int index, cl_mem buffer);

  int clSetKernelArg(cl_kernel kernel, int index, int value);

  int clSetKernelArg(cl_kernel kernel, int index, long value);

  Answer<cl_mem> clCreateBuffer(
      cl_context context, long flags, long sizeBytes, @Nullable ByteBuffer host);

  int clReleaseMemObject(cl_mem buffer);

  int clEnqueueWriteBuffer(
      cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer source);

  int clEnqueueReadBuffer(cl_command_queue queue, cl_mem buffer, long sizeBytes, ByteBuffer target);

  Answer<ByteBuffer> clEnqueueMapBuffer(
      cl_command_queue queue, cl_mem buffer, long flags, long sizeBytes);

  int clEnqueueUnmapMemObject(cl_command_queue queue, cl_mem buffer, ByteBuffer mapped);

  /** Copies between two buffers of the device. Returns before the copy is complete. */
  int clEnqueueCopyBuffer(cl_command_queue queue, cl_mem source, cl_mem target, long sizeBytes);

  int clEnqueueNDRangeKernel(
      cl_command_queue queue, cl_kernel kernel, long globalItems, long localItems);

  int clFinish(cl_command_queue queue);
}
