package stops.opencl.api;

import static org.jocl.CL.CL_MAP_READ;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;

/**
 * An in-order command queue. Reads and writes return when they and all earlier commands are
 * complete. All other commands return at once.
 */
public final class CommandQueue extends Handle<cl_command_queue> {
  /** Flag of a mapping that the host reads. */
  public static final long MAP_READ = CL_MAP_READ;

  private final Driver driver;

  private CommandQueue(Driver driver, cl_command_queue handle) {
    super(handle);
    this.driver = driver;
  }

  public static CommandQueue create(Context context) throws ClException {
    Driver driver = context.driver();
    Answer<cl_command_queue> handle =
        driver.cl().clCreateCommandQueue(context.handle(), driver.device());
    return context.adopt(new CommandQueue(driver, driver.value("clCreateCommandQueue", handle)));
  }

  /** Copies all of {@code source}, native memory of at most 2 GiB, to the start of the buffer. */
  public void write(DeviceBuffer buffer, MemorySegment source) throws ClException {
    driver.check(
        "clEnqueueWriteBuffer",
        driver
            .cl()
            .clEnqueueWriteBuffer(
                handle(), buffer.handle(), source.byteSize(), source.asByteBuffer()));
  }

  /** Fills {@code target}, native memory of at most 2 GiB, from the start of the buffer. */
  public void read(DeviceBuffer buffer, MemorySegment target) throws ClException {
    driver.check(
        "clEnqueueReadBuffer",
        driver
            .cl()
            .clEnqueueReadBuffer(
                handle(), buffer.handle(), target.byteSize(), target.asByteBuffer()));
  }

  /** Starts a copy of the first {@code sizeBytes} bytes from one buffer to another. */
  public void copy(DeviceBuffer source, DeviceBuffer target, long sizeBytes) throws ClException {
    driver.check(
        "clEnqueueCopyBuffer",
        driver.cl().clEnqueueCopyBuffer(handle(), source.handle(), target.handle(), sizeBytes));
  }

  /**
   * Maps the whole buffer into the host's memory with {@code flags} ({@code CL_MAP_READ}, …). The
   * content is valid once the queue has executed the command.
   */
  public ByteBuffer map(DeviceBuffer buffer, long flags) throws ClException {
    return driver.value(
        "clEnqueueMapBuffer",
        driver.cl().clEnqueueMapBuffer(handle(), buffer.handle(), flags, buffer.sizeBytes()));
  }

  /**
   * Unmaps the result of {@link #map}. Some drivers refuse this before the mapping is complete. For
   * these, the queue is finished first.
   */
  public void unmap(DeviceBuffer buffer, ByteBuffer mapped) throws ClException {
    int status = driver.cl().clEnqueueUnmapMemObject(handle(), buffer.handle(), mapped);
    if (status == ClStatus.INVALID_VALUE) {
      finish();
      status = driver.cl().clEnqueueUnmapMemObject(handle(), buffer.handle(), mapped);
    }
    driver.check("clEnqueueUnmapMemObject", status);
  }

  /**
   * Starts a kernel with {@code globalItems} work-items, in work-groups of {@code localItems}, a
   * power of 2. If the kernel or the device has no room for work-groups of this size, the size is
   * halved until it fits.
   */
  public void run(Kernel kernel, long globalItems, long localItems) throws ClException {
    long items = Math.min(localItems, Long.highestOneBit(kernel.mostLocalItems()));
    int status = driver.cl().clEnqueueNDRangeKernel(handle(), kernel.handle(), globalItems, items);
    while (items > 1
        && (status == ClStatus.INVALID_WORK_GROUP_SIZE || status == ClStatus.OUT_OF_RESOURCES)) {
      items /= 2;
      status = driver.cl().clEnqueueNDRangeKernel(handle(), kernel.handle(), globalItems, items);
    }
    driver.check("clEnqueueNDRangeKernel", status);
  }

  /** Waits until all enqueued commands are complete. */
  public void finish() throws ClException {
    driver.check("clFinish", driver.cl().clFinish(handle()));
  }

  /** Waits for commands that a failed call left behind: they may use the caller's memory. */
  @Override
  int release(cl_command_queue pointer) {
    driver.cl().clFinish(pointer);
    return driver.cl().clReleaseCommandQueue(pointer);
  }
}
