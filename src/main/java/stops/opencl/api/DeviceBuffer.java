package stops.opencl.api;

import static org.jocl.CL.CL_MEM_READ_ONLY;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_MEM_USE_HOST_PTR;
import static org.jocl.CL.CL_MEM_WRITE_ONLY;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/** An OpenCL buffer, in memory of the device or over host memory. */
public final class DeviceBuffer extends Handle<cl_mem> {
  /** Flag of a buffer that kernels only read. */
  public static final long READ_ONLY = CL_MEM_READ_ONLY;

  /** Flag of a buffer that kernels only write. */
  public static final long WRITE_ONLY = CL_MEM_WRITE_ONLY;

  /** Flag of a buffer that kernels read and write. */
  public static final long READ_WRITE = CL_MEM_READ_WRITE;

  private final Driver driver;
  private final long sizeBytes;

  /** Keeps the host memory of the buffer reachable. */
  @SuppressWarnings("UnusedVariable")
  private final @Nullable ByteBuffer host;

  private DeviceBuffer(Driver driver, cl_mem handle, long sizeBytes, @Nullable ByteBuffer host) {
    super(handle);
    this.driver = driver;
    this.sizeBytes = sizeBytes;
    this.host = host;
  }

  /** A buffer of {@code sizeBytes} bytes, 1 or more, with the {@code CL_MEM_} flags. */
  public static DeviceBuffer create(Context context, long flags, long sizeBytes)
      throws ClException {
    return create(context, flags, sizeBytes, null);
  }

  /** {@code present} if it is large enough. Otherwise that is released, and a new one is made. */
  public static DeviceBuffer atLeast(
      @Nullable DeviceBuffer present, Context context, long flags, long sizeBytes)
      throws ClException {
    if (present != null && present.sizeBytes() >= sizeBytes) {
      return present;
    }
    if (present != null) {
      context.dismiss(present);
    }
    return create(context, flags, sizeBytes);
  }

  /**
   * A buffer over the memory {@code host}, which is native, of at most 2 GiB, and must live as long
   * as the buffer.
   */
  public static DeviceBuffer over(Context context, long flags, MemorySegment host)
      throws ClException {
    return create(context, CL_MEM_USE_HOST_PTR | flags, host.byteSize(), host.asByteBuffer());
  }

  private static DeviceBuffer create(
      Context context, long flags, long sizeBytes, @Nullable ByteBuffer host) throws ClException {
    Driver driver = context.driver();
    Answer<cl_mem> handle = driver.cl().clCreateBuffer(context.handle(), flags, sizeBytes, host);
    return context.adopt(
        new DeviceBuffer(driver, driver.value("clCreateBuffer", handle), sizeBytes, host));
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  int release(cl_mem pointer) {
    return driver.cl().clReleaseMemObject(pointer);
  }
}
