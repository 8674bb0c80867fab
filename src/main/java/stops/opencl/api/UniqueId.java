package stops.opencl.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What distinguishes devices of the same model, and tells that two drivers serve the same card: its
 * UUID and its place on the PCI bus. Drivers report them through extensions. The numbers of the
 * queries are those of {@code cl_ext.h}.
 */
final class UniqueId {
  private static final String NVIDIA = "cl_nv_device_attribute_query";
  private static final int NVIDIA_BUS = 0x4008;
  private static final int NVIDIA_SLOT = 0x4009;
  private static final int NVIDIA_DOMAIN = 0x400a;
  private static final int AMD_TOPOLOGY_PCIE = 1;

  private final Driver driver;
  private final Set<String> extensions;

  private UniqueId(Driver driver, Set<String> extensions) {
    this.driver = driver;
    this.extensions = extensions;
  }

  /** The ids of a device, such as {@code pci=0000:0b:00.0}, with blanks between them. */
  static String of(Driver driver, Set<String> extensions) {
    UniqueId query = new UniqueId(driver, extensions);
    List<String> ids = new ArrayList<>();
    query.uuid().ifPresent(ids::add);
    query.khronosPlace().or(query::nvidiaPlace).or(query::amdPlace).ifPresent(ids::add);
    return String.join(" ", ids);
  }

  /** Whether two texts of {@link #of} have an id in common. */
  static boolean overlap(String one, String other) {
    return DriverText.words(one).stream().anyMatch(DriverText.words(other)::contains);
  }

  private Optional<String> uuid() {
    return answer("cl_khr_device_uuid", 0x106a, 16)
        .map(bytes -> "uuid=" + HexFormat.of().formatHex(bytes.array()));
  }

  private Optional<String> khronosPlace() {
    return answer("cl_khr_pci_bus_info", 0x410f, 16)
        .map(words -> place(words.getInt(), words.getInt(), words.getInt(), words.getInt()));
  }

  private Optional<String> nvidiaPlace() {
    return answer(NVIDIA, NVIDIA_BUS, Integer.BYTES)
        .map(bus -> {
          int slot = answer(NVIDIA, NVIDIA_SLOT, Integer.BYTES).map(ByteBuffer::getInt).orElse(0);
          int domain =
              answer(NVIDIA, NVIDIA_DOMAIN, Integer.BYTES).map(ByteBuffer::getInt).orElse(0);
          return place(domain, bus.getInt(), slot >>> 3, slot & 7);
        });
  }

  /** AMD's answer begins with its type, and ends with the bus, the device and the function. */
  private Optional<String> amdPlace() {
    return answer("cl_amd_device_attribute_query", 0x4037, 24)
        .filter(topology -> topology.getInt(0) == AMD_TOPOLOGY_PCIE)
        .map(topology ->
            place(0, topology.get(21) & 0xff, topology.get(22) & 0xff, topology.get(23) & 0xff));
  }

  private static String place(int domain, int bus, int device, int function) {
    return String.format(Locale.ROOT, "pci=%04x:%02x:%02x.%x", domain, bus, device, function);
  }

  /** The answer to a query; empty if the driver has none, or only zeros. */
  private Optional<ByteBuffer> answer(String extension, int name, int bytes) {
    if (!extensions.contains(extension)) {
      return Optional.empty();
    }
    try {
      byte[] value =
          driver.value(
              "clGetDeviceInfo", driver.cl().clGetDeviceInfo(driver.device(), name, bytes));
      boolean some = false;
      for (byte each : value) {
        some |= each != 0;
      }
      return some
          ? Optional.of(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()))
          : Optional.empty();
    } catch (ClException e) {
      return Optional.empty(); // The driver has the extension without this query.
    }
  }
}
