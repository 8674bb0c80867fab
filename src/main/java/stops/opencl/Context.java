package stops.opencl;

import org.jocl.cl_context;

/** A context with one device: what its queues, programs and buffers belong to. */
final class Context extends Handle {
  private final Driver driver;
  private final cl_context handle;

  private Context(Driver driver, cl_context handle) {
    this.driver = driver;
    this.handle = handle;
  }

  static Context create(Driver driver) throws ClException {
    int[] status = new int[1];
    cl_context handle = driver.cl().clCreateContext(driver.device(), status);
    return new Context(driver, driver.created("clCreateContext", handle, status));
  }

  Driver driver() {
    return driver;
  }

  cl_context handle() {
    return handle;
  }

  @Override
  int release() {
    return driver.cl().clReleaseContext(handle);
  }
}
