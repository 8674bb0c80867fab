package stops.opencl.api;

import org.jocl.cl_context;

/** An OpenCL context with one device. It owns its queues, programs and buffers. */
public final class Context extends Handle {
  private final Driver driver;
  private final cl_context handle;

  private Context(Driver driver, cl_context handle) {
    this.driver = driver;
    this.handle = handle;
  }

  public static Context create(Driver driver) throws ClException {
    Answer<cl_context> handle = driver.cl().clCreateContext(driver.device());
    return new Context(driver, driver.value("clCreateContext", handle));
  }

  public Driver driver() {
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
