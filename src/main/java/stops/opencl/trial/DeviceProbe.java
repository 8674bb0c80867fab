package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Optional;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.OpenCl;
import stops.opencl.api.DriverText;
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;

/**
 * The main program of a child process that searches for OpenCL devices and tests them. A driver may
 * hang or crash there without harm to the parent.
 *
 * <p>It prints lines: first {@value #READY}, then {@value #DEVICES} and a {@link Found}. Then it
 * reads the id of a device from each line of standard input, and prints {@value #VERDICT} and a
 * {@link DeviceVerdict}. Before {@value #DEVICES} and each {@value #VERDICT}, it prints {@value
 * #TAKERS} and the libraries that have replaced signal handlers so far.
 */
final class DeviceProbe {
  /** The beginning of every printed line. */
  static final String PREFIX = "stops-probe ";

  static final String READY = PREFIX + "ready";
  static final String TAKERS = PREFIX + "takers ";
  static final String DEVICES = PREFIX + "devices ";
  static final String VERDICT = PREFIX + "verdict ";

  private DeviceProbe() {}

  /**
   * The result of the search.
   *
   * @param devices the devices, in the order in which the drivers list them
   * @param problems one line for each absent or broken library, driver or device
   * @param loaded whether the drivers were loaded; if not, nothing is known of them
   */
  record Found(List<OpenClDevice> devices, List<String> problems, boolean loaded) {
    Found {
      devices = List.copyOf(devices);
      problems = List.copyOf(problems);
    }
  }

  /** Prints the devices, and tests those whose ids arrive on standard input. */
  public static void main(String[] arguments) throws IOException {
    Gson gson = new Gson();
    System.out.println(READY);
    OpenCl openCl = OpenCl.probe();
    System.out.println(TAKERS + gson.toJson(HandlerTakers.known()));
    Found found = new Found(openCl.devices(), openCl.problems(), openCl.isLoaded());
    System.out.println(DEVICES + gson.toJson(found));
    BufferedReader ids = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String id = ids.readLine(); id != null; id = ids.readLine()) {
      Optional<OpenClDevice> device = openCl.device(id);
      if (device.isPresent()) {
        DeviceVerdict verdict = prove(openCl, device.get());
        System.out.println(TAKERS + gson.toJson(HandlerTakers.known()));
        System.out.println(VERDICT + gson.toJson(verdict));
      }
    }
    // Halts without unloading the drivers' libraries, during which some drivers hang.
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static DeviceVerdict prove(OpenCl openCl, OpenClDevice device) {
    try (Engine engine = openCl.open(device)) {
      return new DeviceVerdict(
          DeviceVerdict.Outcome.PASSED, engine.info().id() + " passed the self-test");
    } catch (EngineFailure | RuntimeException | LinkageError e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new DeviceVerdict(DeviceVerdict.Outcome.FAILED, DriverText.printable(reason));
    }
  }
}
