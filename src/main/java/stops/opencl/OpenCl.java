package stops.opencl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.pool.DeviceCall;
import stops.engine.pool.PoolLimits;
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
 * The OpenCL devices of this machine, with the problems met in the search. The search never fails:
 * an absent or broken library, driver or device becomes a {@linkplain #problems problem}. Immutable
 * and thread-safe.
 */
public final class OpenCl {
  /** The least {@link OpenClDevice#maxAllocationBytes} of a usable device, in bytes. */
  private static final long LEAST_BUFFER_BYTES = 1 << 16;

  private final List<Found> found;
  private final List<String> problems;
  private final boolean loaded;

  /** A device with the driver that serves it. */
  private record Found(OpenClDevice device, Driver driver) {}

  private OpenCl(List<Found> found, List<String> problems, boolean loaded) {
    this.found = List.copyOf(found);
    this.problems = List.copyOf(problems);
    this.loaded = loaded;
  }

  /**
   * Loads OpenCL and asks every driver for its devices. This usually takes tens of milliseconds. A
   * driver that hangs blocks it for ever, and one that crashes ends the process. {@link
   * DeviceTrial#openCl} leaves out such drivers.
   */
  public static OpenCl probe() {
    try {
      DriverFolder folder = DriverFolder.read();
      return probe(folder.drivers()).with(folder.problems());
    } catch (IOException e) {
      return probe(List.of()).with(List.of(reason(e)));
    }
  }

  /**
   * Loads OpenCL and asks every driver for its devices. {@code drivers} are those that the OpenCL
   * library will load.
   */
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
    return new OpenCl(probed.found, problems, true);
  }

  /** No devices, with {@code problems} as the reason. */
  public static OpenCl none(List<String> problems) {
    return new OpenCl(List.of(), problems, false);
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
    return new OpenCl(found, problems, true);
  }

  /** The same devices, with {@code moreProblems} before the present ones. */
  public OpenCl with(List<String> moreProblems) {
    List<String> all = new ArrayList<>(moreProblems);
    all.addAll(problems);
    return new OpenCl(found, all, loaded);
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

  /** One line for each absent or broken library, driver or device. */
  public List<String> problems() {
    return problems;
  }

  /** Whether the OpenCL library was loaded, and with it the drivers. */
  public boolean isLoaded() {
    return loaded;
  }

  /** The device whose {@link OpenClDevice#id} is {@code id}. */
  public Optional<OpenClDevice> device(String id) {
    return devices().stream().filter(device -> device.id().equals(id)).findFirst();
  }

  /**
   * Opens an engine on {@code device}, which must be one of {@link #devices}, and runs its
   * self-test. The caller closes the engine.
   *
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public Engine open(OpenClDevice device) throws EngineFailure {
    return open(device, EngineOptions.standard());
  }

  /**
   * Opens an engine with {@code options}. If the self-test fails in memory that the device shares
   * with the host, the engine transfers samples instead. If it fails there too, the engine computes
   * with the next arithmetic.
   */
  public Engine open(OpenClDevice device, EngineOptions options) throws EngineFailure {
    return open(device, options, PoolLimits.DEFAULT);
  }

  /**
   * Opens an engine and closes it. Returns how it computes, for people: {@code computes in float32
   * pairs, since …}, with the reason for not computing in the preferred way, and with the speeds
   * that {@link #tune} measured for float32.
   *
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public String prove(OpenClDevice device) throws EngineFailure {
    try (OpenClEngine engine = open(device, EngineOptions.standard(), PoolLimits.DEFAULT)) {
      return "computes in " + engine.way() + engine.speeds();
    }
  }

  /**
   * Finds out which kernel is the fastest for conversions of {@code kind} on {@code device}, unless
   * that is known, and stores it for all later engines. This takes some seconds.
   *
   * @param step is run after each part
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public void tune(OpenClDevice device, ConversionKind kind, Runnable step) throws EngineFailure {
    try (OpenClEngine engine = open(device, EngineOptions.standard(), PoolLimits.DEFAULT)) {
      step.run();
      engine.tune(kind, step);
    }
  }

  OpenClEngine open(OpenClDevice device, EngineOptions options, PoolLimits limits)
      throws EngineFailure {
    Driver driver = usable(device);
    List<EngineOptions> attempts = attempts(device, options);
    try {
      return proved(device, driver, attempts.getFirst(), "", limits);
    } catch (EngineFailure failure) {
      EngineFailure last = failure;
      for (EngineOptions attempt : attempts.subList(1, attempts.size())) {
        if (last.getCause() instanceof TimeoutException) {
          break;
        }
        try {
          String since = ", since " + failure.getMessage();
          return proved(device, driver, attempt, since, limits);
        } catch (EngineFailure again) {
          failure.addSuppressed(again);
          last = again;
        }
      }
      throw failure;
    }
  }

  /** The ways to open {@code device}, one or more, the preferred one first. */
  private static List<EngineOptions> attempts(OpenClDevice device, EngineOptions options)
      throws EngineFailure {
    List<EngineOptions> attempts = new ArrayList<>();
    List<Arithmetic> arithmetics = options.arithmeticsOn(device);
    for (int i = 0; i < arithmetics.size(); i++) {
      List<Arithmetic> left = arithmetics.subList(i, arithmetics.size());
      attempts.add(options.with(left, options.sharedMemory()));
      if (Placement.of(device, options.sharedMemory()).shared()) {
        attempts.add(options.with(left, false));
      }
    }
    return attempts;
  }

  private static OpenClEngine proved(
      OpenClDevice device, Driver driver, EngineOptions options, String since, PoolLimits limits)
      throws EngineFailure {
    OpenClEngine engine = engine(device, driver, options, since);
    boolean proved = false;
    try {
      proved =
          DeviceCall.make(
              () -> {
                engine.prove();
                return true;
              },
              limits);
      return engine;
    } finally {
      if (!proved) {
        engine.close();
      }
    }
  }

  private static OpenClEngine engine(
      OpenClDevice device, Driver driver, EngineOptions options, String since)
      throws EngineFailure {
    try {
      return new OpenClEngine(device, Context.create(driver), options, since);
    } catch (ClException e) {
      throw new EngineFailure(e.getMessage(), e);
    }
  }

  /**
   * Opens an engine that calls the device's built-in {@code log2} and {@code exp2} for float32. It
   * is for comparisons only: its results are not those of the definition. The caller closes it.
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

  /** The driver of {@code device}; fails if the device cannot be used. */
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
