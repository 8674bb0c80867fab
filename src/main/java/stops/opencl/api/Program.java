package stops.opencl.api;

import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;

import org.jocl.cl_program;

/** An OpenCL program, built for the device of its context. */
public final class Program extends Handle<cl_program> {
  private static final int LOG_CHARS = 300;
  private static final int MOST_LOG_BYTES = 1 << 20;
  private static final int MOST_BINARY_BYTES = 1 << 25;

  private final Driver driver;

  private Program(Driver driver, cl_program handle) {
    super(handle);
    this.driver = driver;
  }

  /**
   * Compiles {@code source}. The message of a failure contains the beginning of the compiler's log.
   */
  public static Program compile(Context context, String source, String options) throws ClException {
    Driver driver = context.driver();
    Answer<cl_program> handle = driver.cl().clCreateProgramWithSource(context.handle(), source);
    Program program =
        context.adopt(new Program(driver, driver.value("clCreateProgramWithSource", handle)));
    return program.built(context, options);
  }

  /**
   * Loads a binary that {@link #binary} returned for the same device, driver, source and options.
   */
  public static Program load(Context context, byte[] binary, String options) throws ClException {
    Driver driver = context.driver();
    Answer<cl_program> handle =
        driver.cl().clCreateProgramWithBinary(context.handle(), driver.device(), binary);
    Program program =
        context.adopt(new Program(driver, driver.value("clCreateProgramWithBinary", handle)));
    return program.built(context, options);
  }

  private Program built(Context context, String options) throws ClException {
    int status = driver.cl().clBuildProgram(handle(), driver.device(), options);
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
    Cl cl = driver.cl();
    try {
      byte[] log =
          Answer.bytes(
              "clGetProgramBuildInfo",
              driver.where(),
              cl.clGetProgramBuildInfo(handle(), driver.device(), CL_PROGRAM_BUILD_LOG),
              MOST_LOG_BYTES,
              room ->
                  cl.clGetProgramBuildInfo(handle(), driver.device(), CL_PROGRAM_BUILD_LOG, room));
      return DriverText.shortened(DriverText.of(log), LOG_CHARS);
    } catch (ClException e) {
      return "";
    }
  }

  /** The compiled program, for {@link #load}. */
  public byte[] binary() throws ClException {
    byte[] binary =
        Answer.bytes(
            "clGetProgramInfo",
            driver.where(),
            driver.cl().clGetProgramInfo(handle()),
            MOST_BINARY_BYTES,
            sizeBytes -> driver.cl().clGetProgramInfo(handle(), sizeBytes));
    if (binary.length == 0) {
      throw ClException.absurd("clGetProgramInfo", "an empty program", driver.where());
    }
    return binary;
  }

  Driver driver() {
    return driver;
  }

  @Override
  int release(cl_program pointer) {
    return driver.cl().clReleaseProgram(pointer);
  }
}
