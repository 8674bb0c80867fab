package stops.opencl.api;

import org.jocl.cl_context;

/** An OpenCL context with one device. It owns its queues, programs and buffers. */
public final class Context extends Handle<cl_context> {
  private final Driver driver;

  private Context(Driver driver, cl_context handle) {
    super(handle);
    this.driver = driver;
  }

  public static Context create(Driver driver) throws ClException {
    Answer<cl_context> handle = driver.cl().clCreateContext(driver.device());
    return new Context(driver, driver.value("clCreateContext", handle));
  }

  public Driver driver() {
    return driver;
  }

  @Override
  int release(cl_context pointer) {
    return driver.cl().clReleaseContext(pointer);
  }
}
