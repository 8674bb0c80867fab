package stops.opencl;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Duration;
import stops.engine.Engine;
import stops.engine.EngineFailure;

/** The OpenCL device that tests use: the first one. */
final class TestDevice {
  private TestDevice() {}

  /**
   * What there is; at least one device. Without one the test is skipped, or fails with {@code
   * -Dstops.requireOpenCL=true}.
   */
  static OpenCl openCl() {
    OpenCl openCl = OpenCl.probe();
    if (openCl.devices().isEmpty()) {
      String reason = "no OpenCL device: " + openCl.problems();
      if (Boolean.getBoolean("stops.requireOpenCL")) {
        fail(reason);
      }
      abort(reason);
    }
    return openCl;
  }

  /** An engine on the device. */
  static Engine open(EngineOptions options) throws EngineFailure {
    OpenCl openCl = openCl();
    return openCl.open(openCl.devices().getFirst(), options);
  }

  /** The standard options, with programs kept between builds but apart from the user's. */
  static EngineOptions options() {
    return new EngineOptions(0, 0, Duration.ofSeconds(60), true, true, cache());
  }

  /** A folder for programs that is kept between builds. */
  static PrivateFolder cache() {
    return new PrivateFolder(Path.of("target", "opencl-cache").toAbsolutePath());
  }
}
