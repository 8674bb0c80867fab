package stops.opencl;

import static org.jocl.CL.CL_DEVICE_TYPE_ALL;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.jspecify.annotations.Nullable;
import stops.engine.Engine;
import stops.engine.EngineFailure;

/**
 * The OpenCL devices of this machine, and why there are not more. Looking never fails: what is
 * absent or broken becomes a {@linkplain #problems problem}. Immutable and thread-safe.
 */
public final class OpenCl {
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
      return probe(RegisteredDriver.all());
    } catch (IOException e) {
      return probe(List.of())
          .with(
              List.of(
                  "%s cannot be read: %s".formatted(RegisteredDriver.folder(), e.getMessage())));
    }
  }

  /** The same, where {@code drivers} are those that the OpenCL library will load. */
  static OpenCl probe(List<RegisteredDriver> drivers) {
    Cl cl;
    try {
      cl = NativeLibrary.load(PrivateFolder.ofUser());
    } catch (LinkageError e) {
      return none(List.of("no OpenCL library can be loaded: " + reason(e)));
    } catch (IOException e) {
      return none(List.of("no place for the OpenCL binding's library: " + e.getMessage()));
    }
    OpenCl probed = probe(cl);
    List<String> problems = new ArrayList<>(probed.problems);
    for (RegisteredDriver driver : drivers) {
      if (!SystemLibrary.loads(driver.library())) {
        problems.add(
            "%s names the OpenCL driver %s, which cannot be loaded"
                .formatted(driver.file(), driver.library()));
      }
    }
    return new OpenCl(probed.found, problems);
  }

  /** No device at all. */
  static OpenCl none(List<String> problems) {
    return new OpenCl(List.of(), problems);
  }

  static OpenCl probe(Cl cl) {
    List<Found> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      cl_platform_id[] platforms = platforms(cl);
      if (platforms.length == 0) {
        problems.add("no OpenCL driver is installed");
      }
      for (int i = 0; i < platforms.length; i++) {
        probePlatform(cl, platforms[i], i, found, problems);
      }
    } catch (ClException | RuntimeException | LinkageError e) {
      problems.add(reason(e));
    }
    return new OpenCl(found, problems);
  }

  /** The same devices, and more problems. */
  OpenCl with(List<String> moreProblems) {
    List<String> all = new ArrayList<>(moreProblems);
    all.addAll(problems);
    return new OpenCl(found, all);
  }

  private static cl_platform_id[] platforms(Cl cl) throws ClException {
    int[] count = new int[1];
    int status = cl.clGetPlatformIDs(null, count);
    if (status == ClStatus.PLATFORM_NOT_FOUND) {
      return new cl_platform_id[0];
    }
    if (status != ClStatus.SUCCESS) {
      throw new ClException("clGetPlatformIDs", status, "this machine");
    }
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    if (platforms.length > 0) {
      status = cl.clGetPlatformIDs(platforms, null);
      if (status != ClStatus.SUCCESS) {
        throw new ClException("clGetPlatformIDs", status, "this machine");
      }
    }
    return platforms;
  }

  private static void probePlatform(
      Cl cl, cl_platform_id platform, int index, List<Found> found, List<String> problems) {
    try {
      PlatformQuery query = PlatformQuery.describe(cl, platform, index);
      cl_device_id[] devices = devices(cl, platform, query);
      if (devices.length == 0) {
        problems.add("OpenCL platform %d, %s, has no device".formatted(index, query.name()));
      }
      for (int i = 0; i < devices.length; i++) {
        probeDevice(new Driver(cl, devices[i], index + ":" + i), query, i, found, problems);
      }
    } catch (ClException | RuntimeException | LinkageError e) {
      problems.add(reason(e));
    }
  }

  private static cl_device_id[] devices(Cl cl, cl_platform_id platform, PlatformQuery query)
      throws ClException {
    int[] count = new int[1];
    int status = cl.clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, null, count);
    if (status == ClStatus.DEVICE_NOT_FOUND) {
      return new cl_device_id[0];
    }
    cl_device_id[] devices = new cl_device_id[count[0]];
    if (status == ClStatus.SUCCESS && devices.length > 0) {
      status = cl.clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices, null);
    }
    if (status != ClStatus.SUCCESS) {
      throw new ClException(
          "clGetDeviceIDs", status, "platform " + query.index() + ", " + query.name());
    }
    return devices;
  }

  private static void probeDevice(
      Driver driver, PlatformQuery platform, int index, List<Found> found, List<String> problems) {
    try {
      OpenClDevice device = DeviceQuery.describe(driver, platform, index);
      found.add(new Found(device, new Driver(driver.cl(), driver.device(), device.label())));
    } catch (ClException | RuntimeException | LinkageError e) {
      problems.add(reason(e));
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    String text = message == null ? e.toString() : message;
    String line = PlatformQuery.clean(text);
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
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

  Engine open(OpenClDevice device, EngineOptions options) throws EngineFailure {
    OpenClEngine engine;
    try {
      engine = new OpenClEngine(device, Context.create(usable(device)), options);
    } catch (ClException e) {
      throw new EngineFailure(e.getMessage(), e);
    }
    try {
      engine.prove();
      return engine;
    } catch (EngineFailure e) {
      engine.close();
      throw e;
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
    return device.littleEndian() ? null : "is big-endian, which is not supported";
  }
}
