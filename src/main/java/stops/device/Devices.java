package stops.device;

import java.util.List;
import java.util.Optional;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.api.OpenClDevice;

/** The OpenCL devices to choose from. */
interface Devices {

  /**
   * What is absent or broken, as {@link #problems} says, if there are no devices but CPUs; empty if
   * there are others or that is not known. Takes less time and memory than {@link #all}.
   */
  Optional<List<String>> nothingButCpus();

  /** All devices, in the order in which the drivers list them. */
  List<OpenClDevice> all();

  /** One line for each thing that is absent or broken: the library, a driver, a device. */
  List<String> problems();

  /** Opens an engine on one of {@link #all} devices. */
  Engine open(OpenClDevice device) throws EngineFailure;
}
