package stops.opencl;

import java.nio.file.Path;
import stops.Await;
import stops.Required;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.Standstill;

/** The OpenCL device that tests use: the first one. */
final class TestDevice {
  private TestDevice() {}

  /** What there is; at least one device, which is {@link Required}. */
  static OpenCl openCl() {
    OpenCl openCl = OpenCl.probe();
    if (openCl.devices().isEmpty()) {
      Required.missing("an OpenCL device: " + openCl.problems());
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
        lanes, dispatchSamples, Standstill.of(Await.LIMIT), fp64, sharedMemory, true, "", cache);
  }

  /** A folder for programs that is kept between builds. */
  static PrivateFolder cache() {
    return new PrivateFolder(Path.of("target", "opencl-cache").toAbsolutePath());
  }
}
