package stops.opencl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import stops.Await;
import stops.Required;
import stops.cache.PrivateFolder;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.pool.PoolLimits;
import stops.engine.pool.Standstill;
import stops.opencl.api.OpenClDevice;

/**
 * The OpenCL device that tests use. It is on the platform that the environment variable {@code
 * STOPS_TEST_PLATFORM} names. Without the variable it is PoCL's device, or else the first one.
 */
public final class TestDevice {
  private static final String WANTED =
      System.getenv().getOrDefault("STOPS_TEST_PLATFORM", "Portable Computing Language");

  /** Limits of calls that only a device that hangs exceeds. */
  static final PoolLimits PATIENT =
      new PoolLimits(Standstill.of(Await.LIMIT), Duration.ofSeconds(1));

  private static final OpenCl HERE = OpenCl.probe();

  /** The name of the platform to test. */
  private static final String PLATFORM =
      HERE.devices().stream()
          .map(OpenClDevice::platformName)
          .sorted(Comparator.comparing(name -> !name.equals(WANTED)))
          .findFirst()
          .orElse("none");

  private TestDevice() {}

  /** The OpenCL devices of this machine. At least one is {@link Required}. */
  public static OpenCl openCl() {
    OpenCl openCl = OpenCl.probe();
    if (openCl.devices().isEmpty()) {
      Required.missing("an OpenCL device: " + openCl.problems());
    }
    return openCl;
  }

  /** The device that tests use among those of {@code openCl}. */
  public static OpenClDevice of(OpenCl openCl) {
    return find(openCl).orElseThrow();
  }

  /** The device that tests use; empty if {@code openCl} does not have it. */
  static Optional<OpenClDevice> find(OpenCl openCl) {
    return openCl.devices().stream()
        .filter(device -> device.platformName().equals(PLATFORM))
        .findFirst();
  }

  /** Opens the usual engine on the device. */
  public static Engine open() throws EngineFailure {
    return open(options(0, 0, Arithmetic.FP64, true, cache()));
  }

  /** Opens an engine on the device. */
  static Engine open(EngineOptions options) throws EngineFailure {
    OpenCl openCl = openCl();
    return openCl.open(of(openCl), options, PATIENT);
  }

  /**
   * Options for an engine that keeps its programs and verdicts in {@code cache}. Integers stand in
   * for double precision where the device has none.
   */
  public static EngineOptions options(
      int lanes,
      long mostSamples,
      Arithmetic arithmetic,
      boolean sharedMemory,
      PrivateFolder cache) {
    boolean there =
        arithmetic != Arithmetic.FP64 || find(HERE).map(OpenClDevice::fp64).orElse(true);
    return new EngineOptions(
        lanes,
        mostSamples,
        List.of(there ? arithmetic : Arithmetic.INTEGER),
        sharedMemory,
        true,
        "",
        cache);
  }

  /** A folder for programs that is kept between builds. */
  static PrivateFolder cache() {
    return new PrivateFolder(Path.of("target", "opencl-cache").toAbsolutePath());
  }
}
