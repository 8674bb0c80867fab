package stops.opencl.api;

import org.jocl.cl_device_id;

/**
 * The OpenCL calls to one device. It turns failed ones into exceptions that name the device.
 *
 * @param cl makes the calls
 * @param device the device
 * @param where the name of the device in messages: {@code 0:0 NAME}
 */
public record Driver(Cl cl, cl_device_id device, String where) {

  /** The same device, called {@code name} in messages. */
  public Driver named(String name) {
    return new Driver(cl, device, name);
  }

  /** Fails unless {@code status} is 0. */
  public void check(String call, int status) throws ClException {
    if (status != ClStatus.SUCCESS) {
      throw new ClException(call, status, where);
    }
  }

  /** The value of {@code answer}; fails unless {@code call} succeeded. */
  <T> T value(String call, Answer<T> answer) throws ClException {
    return answer.value(call, where);
  }
}
