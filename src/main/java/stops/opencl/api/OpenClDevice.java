package stops.opencl.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The properties that an OpenCL device reports. Two descriptions are equal if their ids and
 * {@linkplain #identity identities} are equal. Other properties are not compared.
 *
 * @param id the name that selects it: {@code P:D}, the indices of platform and device
 * @param platform index of the platform
 * @param index index of the device on the platform
 * @param name the device's name
 * @param vendor the vendor of the device
 * @param vendorId the vendor's number
 * @param uniqueId its UUID and its place on the PCI bus, as far as the driver reports them
 * @param platformName the platform's name
 * @param platformVendor the vendor of the platform
 * @param platformVersion the platform's version text, which names the driver's build
 * @param driverVersion the driver's version
 * @param version the OpenCL version that it implements, such as {@code OpenCL 3.0 …}
 * @param languageVersion the OpenCL C version that it compiles, such as {@code OpenCL C 1.2}
 * @param type its kind of processor
 * @param computeUnits number of compute units
 * @param clockMegahertz highest clock frequency in MHz; 0 if unknown
 * @param globalMemoryBytes size of its memory in bytes; some devices report the free memory
 * @param maxAllocationBytes size of the largest possible buffer in bytes
 * @param maxWorkGroupItems the most work-items in a work-group
 * @param timerResolutionNanos resolution of its event timers in nanoseconds
 * @param baseAlignmentBytes alignment of its own buffers in bytes
 * @param fp64 whether it computes in double precision
 * @param fp16 whether it computes in half precision
 * @param unifiedMemory whether it works in the host's memory
 * @param littleEndian whether its byte order is little-endian
 * @param available whether it can be used now
 * @param compiler whether its driver compiles OpenCL C
 */
public record OpenClDevice(
    String id,
    int platform,
    int index,
    String name,
    String vendor,
    long vendorId,
    String uniqueId,
    String platformName,
    String platformVendor,
    String platformVersion,
    String driverVersion,
    String version,
    String languageVersion,
    Type type,
    long computeUnits,
    long clockMegahertz,
    long globalMemoryBytes,
    long maxAllocationBytes,
    long maxWorkGroupItems,
    long timerResolutionNanos,
    long baseAlignmentBytes,
    boolean fp64,
    boolean fp16,
    boolean unifiedMemory,
    boolean littleEndian,
    boolean available,
    boolean compiler) {

  /** Descriptions come from drivers, and from other processes. Texts become printable. */
  public OpenClDevice {
    id = DriverText.line(id);
    name = DriverText.line(name);
    vendor = DriverText.line(vendor);
    uniqueId = DriverText.line(uniqueId);
    platformName = DriverText.line(platformName);
    platformVendor = DriverText.line(platformVendor);
    platformVersion = DriverText.line(platformVersion);
    driverVersion = DriverText.line(driverVersion);
    version = DriverText.line(version);
    languageVersion = DriverText.line(languageVersion);
    Objects.requireNonNull(type);
  }

  /** The kinds of processors. */
  public enum Type {
    CPU,
    GPU,
    ACCELERATOR
  }

  /** The properties that identify the device from run to run. */
  public DeviceIdentity identity() {
    return new DeviceIdentity(
        platformName,
        platformVendor,
        platformVersion,
        name,
        vendor,
        vendorId,
        version,
        driverVersion,
        uniqueId);
  }

  /** Whether this is the card of {@code other}, a device of another driver. */
  public boolean isCardOf(OpenClDevice other) {
    return platform != other.platform && UniqueId.overlap(uniqueId, other.uniqueId);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenClDevice device
        && id.equals(device.id)
        && identity().equals(device.identity());
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, identity());
  }

  /** The name of the device in messages: {@code 0:0 NAME}. */
  public String label() {
    return id + " " + name;
  }
}
