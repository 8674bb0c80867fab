package stops.opencl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.api.Cl;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceQuery;
import stops.opencl.api.Driver;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.DriverText;
import stops.opencl.api.EmptyPlatform;
import stops.opencl.api.NativeLibrary;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.Platform;
import stops.opencl.api.PlatformQuery;
import stops.opencl.api.RegisteredDriver;
import stops.opencl.api.SystemLibrary;
import stops.opencl.trial.DeviceTrial;

/**
 * The OpenCL devices of this machine, and why there are not more. Looking never fails: what is
 * absent or broken becomes a {@linkplain #problems problem}. Immutable and thread-safe.
 */
public final class OpenCl {
  /** No kernel of ours works in less. */
  private static final long LEAST_BUFFER_BYTES = 1 << 16;

  private final List<Found> found;
  private final List<String> problems;

  /** A device and the calls to it. */
  private record Found(OpenClDevice device, Driver driver) {}

  private OpenCl(List<Found> found, List<String> problems) {
    this.found = List.copyOf(found);
    this.problems = List.copyOf(problems);
  }

  /**
   * Loads OpenCL and asks every driver for its devices. Takes as long as the drivers take: tens of
   * milliseconds, or for ever with one that hangs; one that crashes takes the process along. {@link
   * DeviceTrial#openCl} is the way around such drivers.
   */
  public static OpenCl probe() {
    try {
      DriverFolder folder = DriverFolder.read();
      return probe(folder.drivers()).with(folder.problems());
    } catch (IOException e) {
      return probe(List.of())
          .with(
              List.of(
                  String.format(
                      Locale.ROOT,
                      "%s cannot be read: %s",
                      DriverText.printable(DriverFolder.path().toString()),
                      reason(e))));
    }
  }

  /** The same, where {@code drivers} are those that the OpenCL library will load. */
  public static OpenCl probe(List<RegisteredDriver> drivers) {
    Cl cl;
    try {
      cl = NativeLibrary.load(PrivateFolder.ofUser());
    } catch (LinkageError e) {
      return none(List.of("no OpenCL library can be loaded: " + reason(e)));
    } catch (IllegalCallerException e) {
      return none(
          List.of(
              "Java does not let Stops call the OpenCL library; start it with"
                  + " --enable-native-access=ALL-UNNAMED"));
    } catch (IOException e) {
      return none(List.of("no place for the OpenCL binding's library: " + reason(e)));
    }
    OpenCl probed = probe(cl);
    List<String> problems = new ArrayList<>(probed.problems);
    for (RegisteredDriver driver : drivers) {
      if (!SystemLibrary.loads(driver.library())) {
        problems.add(
            String.format(
                Locale.ROOT,
                "%s names the OpenCL driver %s, which cannot be loaded",
                DriverText.printable(driver.file().toString()),
                DriverText.shortened(DriverText.printable(driver.library()), 300)));
      }
    }
    return new OpenCl(probed.found, problems);
  }

  /** No device at all. */
  public static OpenCl none(List<String> problems) {
    return new OpenCl(List.of(), problems);
  }

  public static OpenCl probe(Cl cl) {
    List<Found> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      List<Platform> platforms = Platform.all(cl);
      if (platforms.isEmpty()) {
        problems.add("no OpenCL driver is installed");
      }
      for (Platform platform : platforms) {
        probePlatform(platform, found, problems);
      }
    } catch (ClException | RuntimeException | LinkageError e) {
      problems.add(reason(e));
    }
    return new OpenCl(found, problems);
  }

  /** The same devices, and more problems. */
  public OpenCl with(List<String> moreProblems) {
    List<String> all = new ArrayList<>(moreProblems);
    all.addAll(problems);
    return new OpenCl(found, all);
  }

  private static void probePlatform(Platform platform, List<Found> found, List<String> problems) {
    try {
      PlatformQuery query = platform.describe();
      List<Driver> devices = platform.devices();
      if (devices.isEmpty()) {
        problems.add(EmptyPlatform.describe(query, System.getenv()));
      }
      for (int i = 0; i < devices.size(); i++) {
        probeDevice(devices.get(i), query, i, found, problems);
      }
    } catch (ClException | RuntimeException | LinkageError e) {
      problems.add(reason(e));
    }
  }

  private static void probeDevice(
      Driver driver, PlatformQuery platform, int index, List<Found> found, List<String> problems) {
    try {
      OpenClDevice device = DeviceQuery.describe(driver, platform, index);
      found.add(new Found(device, driver.named(device.label())));
    } catch (ClException | RuntimeException | LinkageError e) {
      problems.add(reason(e));
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return DriverText.shortened(
        DriverText.printable(message == null ? e.toString() : message), 300);
  }

  /** All devices, in the order in which the drivers list them. */
  public List<OpenClDevice> devices() {
    return found.stream().map(Found::device).toList();
  }

  /** One line for each thing that is absent or broken: the library, a driver, a device. */
  public List<String> problems() {
    return problems;
  }

  /** The device whose {@link OpenClDevice#id} is {@code id}. */
  public Optional<OpenClDevice> device(String id) {
    return devices().stream().filter(device -> device.id().equals(id)).findFirst();
  }

  /**
   * An engine on {@code device}, which must be one of {@link #devices}, after it has proved itself.
   * The caller closes it.
   *
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public Engine open(OpenClDevice device) throws EngineFailure {
    return open(device, EngineOptions.standard());
  }

  /** Where the device fails in memory that it shares with the host, samples are transferred. */
  public Engine open(OpenClDevice device, EngineOptions options) throws EngineFailure {
    Driver driver = usable(device);
    OpenClEngine engine = engine(device, driver, options);
    try {
      engine.prove();
      return engine;
    } catch (EngineFailure failure) {
      engine.close();
      if (!Placement.of(device, options.sharedMemory()).shared() || engine.isLost()) {
        throw failure;
      }
      return openForTransfers(device, driver, options.withoutSharedMemory(), failure);
    }
  }

  private static Engine openForTransfers(
      OpenClDevice device, Driver driver, EngineOptions options, EngineFailure whyNotShared)
      throws EngineFailure {
    OpenClEngine engine = engine(device, driver, options);
    try {
      engine.prove();
      return engine;
    } catch (EngineFailure failure) {
      engine.close();
      whyNotShared.addSuppressed(failure);
      throw whyNotShared;
    }
  }

  private static OpenClEngine engine(OpenClDevice device, Driver driver, EngineOptions options)
      throws EngineFailure {
    try {
      return new OpenClEngine(device, Context.create(driver), options);
    } catch (ClException e) {
      throw new EngineFailure(e.getMessage(), e);
    }
  }

  /**
   * The device's own {@code log2} and {@code exp2} as an engine for float32, only to compare with:
   * its results are not the definition's. The caller closes it.
   *
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public Engine openBuiltin(OpenClDevice device) throws EngineFailure {
    try {
      Context context = Context.create(usable(device));
      try {
        return new BuiltinEngine(device, context);
      } catch (ClException e) {
        context.close();
        throw e;
      }
    } catch (ClException e) {
      throw new EngineFailure(e.getMessage(), e);
    }
  }

  /** The calls to a device that can be used. */
  Driver usable(OpenClDevice device) throws EngineFailure {
    String refusal = refusal(device);
    if (refusal != null) {
      throw new EngineFailure("OpenCL device " + device.label() + " " + refusal);
    }
    return found.stream()
        .filter(candidate -> candidate.device().equals(device))
        .map(Found::driver)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(device.label() + " is not one of the devices found"));
  }

  private static @Nullable String refusal(OpenClDevice device) {
    if (!device.available()) {
      return "is not available";
    }
    if (!device.compiler()) {
      return "has a driver without a compiler";
    }
    if (device.maxAllocationBytes() < LEAST_BUFFER_BYTES) {
      return String.format(
          Locale.ROOT, "says that its largest buffer has %d bytes", device.maxAllocationBytes());
    }
    return device.littleEndian() ? null : "is big-endian, which is not supported";
  }
}
