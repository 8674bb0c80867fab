package stops.opencl.api;

import java.util.HexFormat;
import java.util.Set;

/**
 * What tells a device from others of its kind, by whichever extension its driver has for that.
 *
 * @param extension the extension
 * @param name the name of the query
 * @param bytes the size of its answer
 */
record UniqueId(String extension, int name, int bytes) {
  /** From {@code cl_ext.h}, the most telling first. */
  private static final UniqueId[] ALL = {
    new UniqueId("cl_khr_device_uuid", 0x106a, 16),
    new UniqueId("cl_khr_pci_bus_info", 0x410f, 16),
    new UniqueId("cl_nv_device_attribute_query", 0x4008, 4),
    new UniqueId("cl_amd_device_attribute_query", 0x4037, 24),
  };

  /** A text that is the device's own; empty if the driver has none. */
  static String of(Driver driver, Set<String> extensions) {
    for (UniqueId id : ALL) {
      if (extensions.contains(id.extension)) {
        try {
          byte[] value =
              driver.value(
                  "clGetDeviceInfo",
                  driver.cl().clGetDeviceInfo(driver.device(), id.name, id.bytes));
          return id.extension + " " + HexFormat.of().formatHex(value);
        } catch (ClException e) {
          // It has the extension for other queries; the next one may tell.
        }
      }
    }
    return "";
  }
}
