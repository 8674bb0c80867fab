package stops.opencl;

import org.jocl.cl_device_id;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL calls to one device, and what every failed one becomes.
 *
 * @param cl makes the calls
 * @param device the device
 * @param where the device in messages: {@code 0:0 NAME}
 */
record Driver(Cl cl, cl_device_id device, String where) {

  /** Fails unless {@code status} is 0. */
  void check(String call, int status) throws ClException {
    if (status != ClStatus.SUCCESS) {
      throw new ClException(call, status, where);
    }
  }

  /** The object that {@code call} created; fails unless {@code status[0]} is 0. */
  <T> T created(String call, @Nullable T object, int[] status) throws ClException {
    check(call, status[0]);
    if (object == null) {
      throw new ClException(call, status[0], where, "no object came back");
    }
    return object;
  }
}
