package stops.cli;

import org.apache.commons.cli.Option;
import stops.device.DeviceChoice;

/** Which engines do the work. */
final class DeviceOptions {
  static final Option OPTION =
      Syntax.value(
          "device",
          "WHICH",
          "auto (the default: the CPU, or a GPU that is expected to be faster), cpu, all, opencl (any "
              + "OpenCL device), P:D, or a part of a device's name.");

  private DeviceOptions() {}

  static DeviceChoice choice(Arguments given, String otherwise) throws UsageException {
    try {
      return DeviceChoice.of(given.value("device", otherwise));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage());
    }
  }
}
