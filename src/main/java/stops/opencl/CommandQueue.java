package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;

/**
 * An in-order command queue. Reads and writes return when they are done, and everything that was
 * enqueued before them is too; all else returns at once.
 */
final class CommandQueue extends Handle {
  private final Driver driver;
  private final cl_command_queue handle;

  private CommandQueue(Driver driver, cl_command_queue handle) {
    this.driver = driver;
    this.handle = handle;
  }

  static CommandQueue create(Context context) throws ClException {
    Driver driver = context.driver();
    int[] status = new int[1];
    cl_command_queue handle =
        driver.cl().clCreateCommandQueue(context.handle(), driver.device(), status);
    return context.adopt(
        new CommandQueue(driver, driver.created("clCreateCommandQueue", handle, status)));
  }

  cl_command_queue handle() {
    return handle;
  }

  /** Copies all of {@code source}, native memory of at most 2 GiB, to the start of the buffer. */
  void write(DeviceBuffer buffer, MemorySegment source) throws ClException {
    driver.check(
        "clEnqueueWriteBuffer",
        driver
            .cl()
            .clEnqueueWriteBuffer(
                handle, buffer.handle(), source.byteSize(), source.asByteBuffer()));
  }

  /** Fills {@code target}, native memory of at most 2 GiB, from the start of the buffer. */
  void read(DeviceBuffer buffer, MemorySegment target) throws ClException {
    driver.check(
        "clEnqueueReadBuffer",
        driver
            .cl()
            .clEnqueueReadBuffer(
                handle, buffer.handle(), target.byteSize(), target.asByteBuffer()));
  }

  /**
   * Makes the whole buffer visible to the host, for {@code flags} ({@code CL_MAP_READ}, …), as soon
   * as the queue has come so far.
   */
  ByteBuffer map(DeviceBuffer buffer, long flags) throws ClException {
    int[] status = new int[1];
    ByteBuffer mapped =
        driver.cl().clEnqueueMapBuffer(handle, buffer.handle(), flags, buffer.sizeBytes(), status);
    return driver.created("clEnqueueMapBuffer", mapped, status);
  }

  /** Gives what {@link #map} returned back to the device. */
  void unmap(DeviceBuffer buffer, ByteBuffer mapped) throws ClException {
    driver.check(
        "clEnqueueUnmapMemObject",
        driver.cl().clEnqueueUnmapMemObject(handle, buffer.handle(), mapped));
  }

  /** Starts a kernel with this many work-items, in groups of {@code localItems}. */
  void run(Kernel kernel, long globalItems, long localItems) throws ClException {
    driver.check(
        "clEnqueueNDRangeKernel",
        driver.cl().clEnqueueNDRangeKernel(handle, kernel.handle(), globalItems, localItems));
  }

  /** Returns when all that was enqueued is done. */
  void finish() throws ClException {
    driver.check("clFinish", driver.cl().clFinish(handle));
  }

  @Override
  int release() {
    return driver.cl().clReleaseCommandQueue(handle);
  }
}
