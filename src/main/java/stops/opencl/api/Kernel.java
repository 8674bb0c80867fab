package stops.opencl.api;

import org.jocl.cl_kernel;

/**
 * A kernel with its arguments. Confined to one thread at a time, because setting arguments is not
 * thread-safe in OpenCL.
 */
public final class Kernel extends Handle<cl_kernel> {
  private final Driver driver;
  private final long mostLocalItems;

  private Kernel(Driver driver, cl_kernel handle) {
    super(handle);
    this.driver = driver;
    this.mostLocalItems = mostLocalItems(driver, handle);
  }

  public static Kernel create(Program program, String name) throws ClException {
    Driver driver = program.driver();
    Answer<cl_kernel> handle = driver.cl().clCreateKernel(program.handle(), name);
    return program.adopt(new Kernel(driver, driver.value("clCreateKernel", handle)));
  }

  /**
   * The most work-items of a work-group, which depends on the registers that the kernel takes. An
   * answer that cannot be right is no limit.
   */
  private static long mostLocalItems(Driver driver, cl_kernel handle) {
    try {
      long items =
          driver.value(
              "clGetKernelWorkGroupInfo",
              driver.cl().clGetKernelWorkGroupInfo(handle, driver.device()));
      return items < 1 ? Long.MAX_VALUE : items;
    } catch (ClException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The most work-items of a work-group. */
  long mostLocalItems() {
    return mostLocalItems;
  }

  /** Sets argument {@code index} to a buffer. */
  public void set(int index, DeviceBuffer buffer) throws ClException {
    driver.check("clSetKernelArg", driver.cl().clSetKernelArg(handle(), index, buffer.handle()));
  }

  /** Sets argument {@code index} to a 32-bit value. */
  public void set(int index, int value) throws ClException {
    driver.check("clSetKernelArg", driver.cl().clSetKernelArg(handle(), index, value));
  }

  /** Sets argument {@code index} to a 64-bit value. */
  public void set(int index, long value) throws ClException {
    driver.check("clSetKernelArg", driver.cl().clSetKernelArg(handle(), index, value));
  }

  @Override
  int release(cl_kernel pointer) {
    return driver.cl().clReleaseKernel(pointer);
  }
}
