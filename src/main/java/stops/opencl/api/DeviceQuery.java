package stops.opencl.api;

import static org.jocl.CL.CL_DEVICE_ADDRESS_BITS;
import static org.jocl.CL.CL_DEVICE_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_DOUBLE_FP_CONFIG;
import static org.jocl.CL.CL_DEVICE_ENDIAN_LITTLE;
import static org.jocl.CL.CL_DEVICE_EXTENSIONS;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_HOST_UNIFIED_MEMORY;
import static org.jocl.CL.CL_DEVICE_MAX_CLOCK_FREQUENCY;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_MEM_BASE_ADDR_ALIGN;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_OPENCL_C_VERSION;
import static org.jocl.CL.CL_DEVICE_PROFILING_TIMER_RESOLUTION;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VENDOR;
import static org.jocl.CL.CL_DEVICE_VENDOR_ID;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Queries the driver for the properties of a device. */
public final class DeviceQuery {
  private final Driver driver;

  private DeviceQuery(Driver driver) {
    this.driver = driver;
  }

  /** Describes device {@code index} of {@code platform}. */
  public static OpenClDevice describe(Driver driver, PlatformQuery platform, int index)
      throws ClException {
    DeviceQuery query = new DeviceQuery(driver);
    Set<String> extensions = DriverText.words(query.text(CL_DEVICE_EXTENSIONS));
    long addressBits = query.amount(CL_DEVICE_ADDRESS_BITS);
    long memoryBytes = query.amount(CL_DEVICE_GLOBAL_MEM_SIZE);
    String name = query.text(CL_DEVICE_NAME);
    return new OpenClDevice(
        platform.index() + ":" + index,
        platform.index(),
        index,
        name.isEmpty() ? "unnamed" : name,
        query.text(CL_DEVICE_VENDOR),
        query.amount(CL_DEVICE_VENDOR_ID),
        UniqueId.of(driver, extensions),
        platform.name(),
        platform.vendor(),
        platform.version(),
        query.text(CL_DRIVER_VERSION),
        query.text(CL_DEVICE_VERSION),
        query.text(CL_DEVICE_OPENCL_C_VERSION),
        type(query.bits(CL_DEVICE_TYPE)),
        query.amount(CL_DEVICE_MAX_COMPUTE_UNITS),
        query.amount(CL_DEVICE_MAX_CLOCK_FREQUENCY),
        memoryBytes,
        Math.min(query.amount(CL_DEVICE_MAX_MEM_ALLOC_SIZE), memoryBytes),
        query.amount(CL_DEVICE_MAX_WORK_GROUP_SIZE),
        query.amount(CL_DEVICE_PROFILING_TIMER_RESOLUTION),
        Math.max(1, query.amount(CL_DEVICE_MEM_BASE_ADDR_ALIGN) / 8),
        addressBits > 0 && query.doublePrecision(extensions),
        extensions.contains("cl_khr_fp16"),
        query.bits(CL_DEVICE_HOST_UNIFIED_MEMORY) != 0,
        query.bits(CL_DEVICE_ENDIAN_LITTLE) != 0,
        query.bits(CL_DEVICE_AVAILABLE) != 0,
        query.bits(CL_DEVICE_COMPILER_AVAILABLE) != 0);
  }

  /**
   * Whether the device has double precision. Drivers older than OpenCL 1.2 may not support this
   * query.
   */
  private boolean doublePrecision(Set<String> extensions) {
    try {
      return bits(CL_DEVICE_DOUBLE_FP_CONFIG) != 0;
    } catch (ClException e) {
      return extensions.contains("cl_khr_fp64");
    }
  }

  private static OpenClDevice.Type type(long bits) {
    if ((bits & CL_DEVICE_TYPE_GPU) != 0) {
      return OpenClDevice.Type.GPU;
    }
    return (bits & CL_DEVICE_TYPE_CPU) != 0 ? OpenClDevice.Type.CPU : OpenClDevice.Type.ACCELERATOR;
  }

  private String text(int name) throws ClException {
    return DriverText.of(
        Answer.bytes(
            "clGetDeviceInfo",
            driver.where(),
            driver.cl().clGetDeviceInfo(driver.device(), name),
            Answer.MOST_TEXT_BYTES,
            room -> driver.cl().clGetDeviceInfo(driver.device(), name, room)));
  }

  /** An unsigned value. Values that do not fit a {@code long} become the largest one. */
  private long amount(int name) throws ClException {
    long bits = bits(name);
    return bits < 0 ? Long.MAX_VALUE : bits;
  }

  private long bits(int name) throws ClException {
    byte[] value =
        driver.value(
            "clGetDeviceInfo", driver.cl().clGetDeviceInfo(driver.device(), name, Long.BYTES));
    return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong();
  }
}
