package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.CL_PLATFORM_VERSION;

import org.jocl.cl_platform_id;

/**
 * What an OpenCL platform, that is a driver, says of itself.
 *
 * @param index its index among the platforms
 * @param name its name
 * @param version its version text
 */
record PlatformQuery(int index, String name, String version) {
  private static final int MOST_BYTES = 1 << 16;

  static PlatformQuery describe(Cl cl, cl_platform_id platform, int index) throws ClException {
    return new PlatformQuery(
        index,
        text(cl, platform, index, CL_PLATFORM_NAME),
        text(cl, platform, index, CL_PLATFORM_VERSION));
  }

  private static String text(Cl cl, cl_platform_id platform, int index, int name)
      throws ClException {
    long[] sizeBytes = new long[1];
    check(cl.clGetPlatformInfo(platform, name, null, sizeBytes), index);
    byte[] value = new byte[(int) Math.clamp(sizeBytes[0], 0, MOST_BYTES)];
    check(cl.clGetPlatformInfo(platform, name, value, null), index);
    return clean(new String(value, UTF_8));
  }

  /** One line without control characters, outer spaces or runs of spaces. */
  static String clean(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  private static void check(int status, int index) throws ClException {
    if (status != ClStatus.SUCCESS) {
      throw new ClException("clGetPlatformInfo", status, "platform " + index);
    }
  }
}
