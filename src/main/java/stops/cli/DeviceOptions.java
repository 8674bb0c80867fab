package stops.cli;

import picocli.CommandLine.Option;
import stops.DeviceChoice;
import stops.DeviceUnavailable;
import stops.engine.EnginePool;

/** Which engines do the work. */
final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "WHICH",
      description =
          "auto (the default: a GPU if there is one, else the CPU), cpu, all, opencl (any OpenCL "
              + "device), P:D, or a part of a device's name.")
  String device = "auto";

  /** The engines asked for; the caller closes them. */
  EnginePool open() throws UsageException, DeviceUnavailable {
    DeviceChoice choice;
    try {
      choice = DeviceChoice.of(device);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage());
    }
    return choice.open();
  }
}
