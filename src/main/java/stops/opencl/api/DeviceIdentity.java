package stops.opencl.api;

/**
 * What a device is known by from run to run: what stays as long as the hardware and its driver do.
 * What a driver may answer differently each time, such as memory that is free now, is not part of
 * it.
 *
 * @param platformName the platform's name
 * @param platformVendor who made the platform
 * @param platformVersion the platform's version text, which names the driver's build
 * @param name the device's name
 * @param vendor who made it
 * @param vendorId the same as a number
 * @param version the OpenCL version that it implements
 * @param driverVersion the driver's version
 * @param uniqueId its UUID or its place on the bus, which tell it from others of its kind; empty if
 *     it has none
 */
public record DeviceIdentity(
    String platformName,
    String platformVendor,
    String platformVersion,
    String name,
    String vendor,
    long vendorId,
    String version,
    String driverVersion,
    String uniqueId) {

  /** The same as lines of text: what is stored for a device is stored under this. */
  public String key() {
    return String.join(
        "\n",
        platformName,
        platformVendor,
        platformVersion,
        name,
        vendor,
        Long.toHexString(vendorId),
        version,
        driverVersion,
        uniqueId);
  }
}
