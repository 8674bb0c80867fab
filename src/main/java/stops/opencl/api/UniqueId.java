package stops.opencl.api;

import java.util.HexFormat;
import java.util.Set;

/**
 * A query that distinguishes devices of the same model, from an extension that the driver may have.
 *
 * @param extension the extension
 * @param name the name of the query
 * @param bytes size of its answer in bytes
 */
record UniqueId(String extension, int name, int bytes) {
  /** The queries of {@code cl_ext.h}, the most specific first. */
  private static final UniqueId[] ALL = {
    new UniqueId("cl_khr_device_uuid", 0x106a, 16),
    new UniqueId("cl_khr_pci_bus_info", 0x410f, 16),
    new UniqueId("cl_nv_device_attribute_query", 0x4008, 4),
    new UniqueId("cl_amd_device_attribute_query", 0x4037, 24),
  };

  /** The unique id of a device; empty if its driver reports none. */
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
          // The driver has the extension without this query. The next one may work.
        }
      }
    }
    return "";
  }
}
