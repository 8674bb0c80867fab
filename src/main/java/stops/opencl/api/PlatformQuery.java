package stops.opencl.api;

import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.CL_PLATFORM_VENDOR;
import static org.jocl.CL.CL_PLATFORM_VERSION;

import org.jocl.cl_platform_id;

/**
 * The description that an OpenCL platform reports.
 *
 * @param index its index among the platforms
 * @param name its name
 * @param vendor its vendor
 * @param version its version text
 */
public record PlatformQuery(int index, String name, String vendor, String version) {

  public PlatformQuery {
    name = DriverText.line(name);
    vendor = DriverText.line(vendor);
    version = DriverText.line(version);
  }

  public static PlatformQuery describe(Cl cl, cl_platform_id platform, int index)
      throws ClException {
    String library = cl.library(platform);
    String where = "platform " + index + (library == null ? "" : " of " + DriverText.line(library));
    return new PlatformQuery(
        index,
        text(cl, platform, where, CL_PLATFORM_NAME),
        text(cl, platform, where, CL_PLATFORM_VENDOR),
        text(cl, platform, where, CL_PLATFORM_VERSION));
  }

  /** The name of the platform in messages. */
  public String where() {
    return "platform " + index + ", " + name;
  }

  private static String text(Cl cl, cl_platform_id platform, String where, int name)
      throws ClException {
    return DriverText.of(
        Answer.bytes(
            "clGetPlatformInfo",
            where,
            cl.clGetPlatformInfo(platform, name),
            Answer.MOST_TEXT_BYTES,
            room -> cl.clGetPlatformInfo(platform, name, room)));
  }
}
