package stops.opencl.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenCL device says of itself. Two descriptions are equal if they have the same id and are
 * of the same {@linkplain #identity device}, whatever else has changed.
 *
 * @param id how to ask for it: {@code P:D}, the platform's and the device's index
 * @param platform index of the platform
 * @param index index of the device on the platform
 * @param name the device's name
 * @param vendor who made it
 * @param vendorId the same as a number
 * @param uniqueId its UUID or its place on the bus, where the driver says
 * @param platformName the platform's name
 * @param platformVendor who made the platform
 * @param platformVersion the platform's version text, which names the driver's build
 * @param driverVersion the driver's version
 * @param version the OpenCL version that it implements, such as {@code OpenCL 3.0 …}
 * @param languageVersion the OpenCL C version that it compiles, such as {@code OpenCL C 1.2}
 * @param type what it is
 * @param computeUnits how many compute units it has
 * @param clockMegahertz its highest clock frequency; 0 where it does not say
 * @param globalMemoryBytes the memory that it can use; some say what is free now
 * @param maxAllocationBytes the largest buffer that it can make
 * @param maxWorkGroupItems the most work-items in a work-group
 * @param timerResolutionNanos the resolution of its event timers
 * @param baseAlignmentBytes the alignment that it gives its own buffers
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

  public OpenClDevice {
    for (Object part :
        new @Nullable Object[] {
          id,
          name,
          vendor,
          uniqueId,
          platformName,
          platformVendor,
          platformVersion,
          driverVersion,
          version,
          languageVersion,
          type
        }) {
      Objects.requireNonNull(part);
    }
  }

  /** What kind of processor a device is. */
  public enum Type {
    CPU,
    GPU,
    ACCELERATOR
  }

  /** What it is known by from run to run. */
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

  /** {@code 0:0 NAME}, for messages. */
  public String label() {
    return id + " " + name;
  }
}
