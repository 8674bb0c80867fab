package stops.opencl.api;

import java.util.ArrayList;
import java.util.List;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * An OpenCL platform, that is a driver.
 *
 * @param cl makes the calls
 * @param handle the platform
 * @param index its index among the platforms
 */
public record Platform(Cl cl, cl_platform_id handle, int index) {
  /**
   * {@code CL_DEVICE_TYPE_ALL} as C has it. The binding's constant has 64 bits of ones, which some
   * drivers take for a type that they do not know.
   */
  private static final long ALL_TYPES = 0xffffffffL;

  /** All platforms, in the order in which the loader lists them; empty where there is none. */
  public static List<Platform> all(Cl cl) throws ClException {
    Answer<Integer> count = cl.clGetPlatformIDs();
    if (count.status() == ClStatus.PLATFORM_NOT_FOUND) {
      return List.of();
    }
    List<Platform> platforms = new ArrayList<>();
    for (cl_platform_id handle :
        Answer.list("clGetPlatformIDs", "this machine", count, cl::clGetPlatformIDs)) {
      platforms.add(new Platform(cl, handle, platforms.size()));
    }
    return platforms;
  }

  /** What it says of itself. */
  public PlatformQuery describe() throws ClException {
    return PlatformQuery.describe(cl, handle, index);
  }

  /** Its devices of all types, in the order in which it lists them; empty where there is none. */
  public List<Driver> devices() throws ClException {
    Answer<Integer> count = cl.clGetDeviceIDs(handle, ALL_TYPES);
    if (count.status() == ClStatus.DEVICE_NOT_FOUND) {
      return List.of();
    }
    List<Driver> devices = new ArrayList<>();
    for (cl_device_id device :
        Answer.list(
            "clGetDeviceIDs",
            describe().where(),
            count,
            room -> cl.clGetDeviceIDs(handle, ALL_TYPES, room))) {
      devices.add(new Driver(cl, device, index + ":" + devices.size()));
    }
    return devices;
  }
}
