package stops.opencl.api;

import static org.jocl.CL.CL_MAP_READ;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;

/**
 * An in-order command queue. Reads and writes return when they are done, and everything that was
 * enqueued before them is too; all else returns at once.
 */
public final class CommandQueue extends Handle {
  /** The host will read what is mapped. */
  public static final long MAP_READ = CL_MAP_READ;

  private final Driver driver;
  private final cl_command_queue handle;

  private CommandQueue(Driver driver, cl_command_queue handle) {
    this.driver = driver;
    this.handle = handle;
  }

  public static CommandQueue create(Context context) throws ClException {
    Driver driver = context.driver();
    Answer<cl_command_queue> handle =
        driver.cl().clCreateCommandQueue(context.handle(), driver.device());
    return context.adopt(new CommandQueue(driver, driver.value("clCreateCommandQueue", handle)));
  }

  public cl_command_queue handle() {
    return handle;
  }

  /** Copies all of {@code source}, native memory of at most 2 GiB, to the start of the buffer. */
  public void write(DeviceBuffer buffer, MemorySegment source) throws ClException {
    driver.check(
        "clEnqueueWriteBuffer",
        driver
            .cl()
            .clEnqueueWriteBuffer(
                handle, buffer.handle(), source.byteSize(), source.asByteBuffer()));
  }

  /** Fills {@code target}, native memory of at most 2 GiB, from the start of the buffer. */
  public void read(DeviceBuffer buffer, MemorySegment target) throws ClException {
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
  public ByteBuffer map(DeviceBuffer buffer, long flags) throws ClException {
    return driver.value(
        "clEnqueueMapBuffer",
        driver.cl().clEnqueueMapBuffer(handle, buffer.handle(), flags, buffer.sizeBytes()));
  }

  /**
   * Gives what {@link #map} returned back to the device. Drivers that know of a mapping only when
   * it is done are waited for.
   */
  public void unmap(DeviceBuffer buffer, ByteBuffer mapped) throws ClException {
    int status = driver.cl().clEnqueueUnmapMemObject(handle, buffer.handle(), mapped);
    if (status == ClStatus.INVALID_VALUE) {
      finish();
      status = driver.cl().clEnqueueUnmapMemObject(handle, buffer.handle(), mapped);
    }
    driver.check("clEnqueueUnmapMemObject", status);
  }

  /**
   * Starts a kernel with this many work-items, in groups of {@code localItems}, or of as many as
   * the device takes of this kernel.
   */
  public void run(Kernel kernel, long globalItems, long localItems) throws ClException {
    long items = localItems;
    int status = driver.cl().clEnqueueNDRangeKernel(handle, kernel.handle(), globalItems, items);
    while (status == ClStatus.INVALID_WORK_GROUP_SIZE && items % 2 == 0) {
      items /= 2;
      status = driver.cl().clEnqueueNDRangeKernel(handle, kernel.handle(), globalItems, items);
    }
    driver.check("clEnqueueNDRangeKernel", status);
  }

  /** Returns when all that was enqueued is done. */
  public void finish() throws ClException {
    driver.check("clFinish", driver.cl().clFinish(handle));
  }

  @Override
  int release() {
    return driver.cl().clReleaseCommandQueue(handle);
  }
}
