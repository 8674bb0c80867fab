package stops.opencl.api;

/**
 * Identifies a device from run to run, as long as hardware and driver stay the same. Values that a
 * driver may report differently each time, such as free memory, are not part of it.
 *
 * @param platformName the platform's name
 * @param platformVendor the vendor of the platform
 * @param platformVersion the platform's version text, which names the driver's build
 * @param name the device's name
 * @param vendor the vendor of the device
 * @param vendorId the vendor's number
 * @param version the OpenCL version that it implements
 * @param driverVersion the driver's version
 * @param uniqueId its UUID or its address on the bus, which distinguish devices of the same model;
 *     empty if unknown
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

  /** The identity as lines of text, the key under which data about a device are stored. */
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
