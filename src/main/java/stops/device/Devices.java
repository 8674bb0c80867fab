package stops.device;

import java.util.List;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.api.OpenClDevice;

/** The OpenCL devices of a machine, as far as choosing among them goes. */
interface Devices {

  /** All devices, in the order in which the drivers list them. */
  List<OpenClDevice> all();

  /** One line for each thing that is absent or broken: the library, a driver, a device. */
  List<String> problems();

  /** An engine on one of {@link #all}. */
  Engine open(OpenClDevice device) throws EngineFailure;
}
