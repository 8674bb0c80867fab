package stops.opencl.api;

import java.util.ArrayList;
import java.util.List;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * An OpenCL platform: one driver with its devices.
 *
 * @param cl makes the calls
 * @param handle the platform
 * @param index its index among the platforms
 */
public record Platform(Cl cl, cl_platform_id handle, int index) {
  /**
   * {@code CL_DEVICE_TYPE_ALL} with C's value. In the binding's constant all 64 bits are set, which
   * some drivers reject as an unknown type.
   */
  private static final long ALL_TYPES = 0xffffffffL;

  /** All platforms, in the order of the loader; empty if there is none. */
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

  /** The description that the platform reports. */
  public PlatformQuery describe() throws ClException {
    return PlatformQuery.describe(cl, handle, index);
  }

  /** The devices of all types, in the order of the platform; empty if there is none. */
  public List<Driver> devices() throws ClException {
    Answer<Integer> count = cl.clGetDeviceIDs(handle, ALL_TYPES);
    if (count.status() == ClStatus.DEVICE_NOT_FOUND) {
      return List.of();
    }
    PlatformQuery platform = describe();
    List<Driver> devices = new ArrayList<>();
    for (cl_device_id device :
        Answer.list(
            "clGetDeviceIDs",
            platform.where(),
            count,
            room -> cl.clGetDeviceIDs(handle, ALL_TYPES, room))) {
      String where = index + ":" + devices.size() + " of " + platform.name();
      devices.add(new Driver(cl, device, where));
    }
    return devices;
  }
}
