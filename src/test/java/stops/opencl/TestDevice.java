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

  /** Options for an engine that keeps its programs and verdicts in {@code cache}. */
  static EngineOptions options(
      int lanes, long dispatchSamples, boolean fp64, boolean sharedMemory, PrivateFolder cache) {
    return new EngineOptions(
        lanes, dispatchSamples, Duration.ofMinutes(1), fp64, sharedMemory, true, "", cache);
  }

  /** A folder for programs that is kept between builds. */
  static PrivateFolder cache() {
    return new PrivateFolder(Path.of("target", "opencl-cache").toAbsolutePath());
  }
}
