package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;

import org.jocl.cl_program;

/** A program that is built for the device of its context. */
final class Program extends Handle {
  private static final int LOG_CHARS = 300;

  private final Driver driver;
  private final cl_program handle;

  private Program(Driver driver, cl_program handle) {
    this.driver = driver;
    this.handle = handle;
  }

  /** Compiles {@code source}. A failure's message has the first of the compiler's words. */
  static Program compile(Context context, String source, String options) throws ClException {
    Driver driver = context.driver();
    int[] status = new int[1];
    cl_program handle = driver.cl().clCreateProgramWithSource(context.handle(), source, status);
    Program program =
        context.adopt(
            new Program(driver, driver.created("clCreateProgramWithSource", handle, status)));
    return program.built(context, options);
  }

  /** Loads what {@link #binary} returned for the same device, driver, source and options. */
  static Program load(Context context, byte[] binary, String options) throws ClException {
    Driver driver = context.driver();
    int[] status = new int[1];
    cl_program handle =
        driver.cl().clCreateProgramWithBinary(context.handle(), driver.device(), binary, status);
    Program program =
        context.adopt(
            new Program(driver, driver.created("clCreateProgramWithBinary", handle, status)));
    return program.built(context, options);
  }

  private Program built(Context context, String options) throws ClException {
    int status = driver.cl().clBuildProgram(handle, driver.device(), options);
    if (status != ClStatus.SUCCESS) {
      String log = log();
      context.dismiss(this);
      throw log.isEmpty()
          ? new ClException("clBuildProgram", status, driver.where())
          : new ClException("clBuildProgram", status, driver.where(), log);
    }
    return this;
  }

  /** The beginning of the compiler's log, on one line; empty if there is none. */
  private String log() {
    long[] sizeBytes = new long[1];
    Cl cl = driver.cl();
    if (cl.clGetProgramBuildInfo(handle, driver.device(), CL_PROGRAM_BUILD_LOG, null, sizeBytes)
            != ClStatus.SUCCESS
        || sizeBytes[0] <= 0
        || sizeBytes[0] > 1 << 24) {
      return "";
    }
    byte[] log = new byte[(int) sizeBytes[0]];
    if (cl.clGetProgramBuildInfo(handle, driver.device(), CL_PROGRAM_BUILD_LOG, log, null)
        != ClStatus.SUCCESS) {
      return "";
    }
    String line = new String(log, UTF_8).replaceAll("[\\s\\x00]+", " ").strip();
    return line.length() <= LOG_CHARS ? line : line.substring(0, LOG_CHARS) + "…";
  }

  /** What {@link #load} takes. */
  byte[] binary() throws ClException {
    byte[][] binary = new byte[1][0];
    driver.check("clGetProgramInfo", driver.cl().clGetProgramInfo(handle, binary));
    return binary[0];
  }

  Driver driver() {
    return driver;
  }

  cl_program handle() {
    return handle;
  }

  @Override
  int release() {
    return driver.cl().clReleaseProgram(handle);
  }
}
